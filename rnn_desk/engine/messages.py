"""onnxruntime's messages, as a person can read them."""

from __future__ import annotations

import re

from rnn_desk.core.errors import Refused

_CODE = re.compile(r"\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : ")
_CHECK = re.compile(r"^.* was false\. (?=.)")
_LOADER = re.compile(r"Failed to load library .* with error: ")
_SOURCE_LINE = re.compile(r"\S*\.(?:cc|cpp|h):\d+")
_SIGNATURE = re.compile(r"::|[()&*<>]|,$|^(?:const|virtual|static|void|bool|int|auto)$")
_NO_MEMORY = re.compile(r"Failed to allocate memory|bad.alloc|bad array new length|std::length")
_FAILED = re.compile(
    r"Non-zero status code returned while running (\w+) node.*Status Message: (.+)"
)
_MISFIT = re.compile(r"Node \(.*\) Op \((\w+)\) \[\w+\] (.+)")
_LONGEST = 300


def cause(error: BaseException) -> Refused | str:
    """Why a run or a start failed, in this program's own words where it has some."""
    if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
        return Refused("there is not enough memory for what it computes")
    text = plain(error)
    if failed := _FAILED.match(text):
        return Refused("its operator {op} fails: {reason}", op=failed[1], reason=failed[2])
    if misfit := _MISFIT.match(text):
        return Refused(
            "its operator {op} does not fit what it is given: {reason}",
            op=misfit[1],
            reason=misfit[2],
        )
    return text


def plain(error: BaseException) -> str:
    """onnxruntime's message without its code, its C++ source lines and its paths; one line."""
    text = _LOADER.sub("", _CODE.sub("", " ".join(str(error).split())))
    kept: list[str] = []
    in_signature = False  # of the C++ function that follows its source line
    for word in text.split():
        if _SOURCE_LINE.fullmatch(word):
            in_signature = True
        elif not (in_signature and _SIGNATURE.search(word)):
            in_signature = False
            if "/onnxruntime/" not in word:
                kept.append(word)
    return _CHECK.sub("", " ".join(kept))[:_LONGEST].rstrip(" .:") or type(error).__name__
