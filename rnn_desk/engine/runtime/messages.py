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
_TEMPLATE_ARGUMENTS = re.compile(r"\[with [^\]]*\] ?")
_LONGEST = 300

NO_MEMORY = Refused("there is not enough memory for what it computes")

_OF_DEVICES = (
    (
        r"(?P<library>libcuda\.so\.1|nvcuda\.dll): cannot open",
        Refused("{library} is not found: NVIDIA's driver is not installed"),
    ),
    (
        r"(?P<library>[\w.+-]+\.so[\w.]*): cannot open",
        Refused("the library {library} is not found"),
    ),
    (
        r"undefined symbol: (?P<symbol>\w+)",
        Refused("the driver or a library is too old, and has no {symbol}"),
    ),
    (r"LoadLibrary failed with error 126", Refused("a library that it needs is not found")),
    (
        r"driver version is insufficient",
        Refused("NVIDIA's driver is too old for this CUDA, or is not running"),
    ),
    (r"no CUDA-capable device", Refused("NVIDIA's driver finds no graphics card")),
    (r"invalid device ordinal", Refused("there is no card of that number")),
    (r"install TensorRT libraries", Refused("TensorRT's libraries are not found")),
    (r"get a WebGPU adapter", Refused("no graphics device that it takes is found")),
    (r"determine default backend path", Refused("no Qualcomm processor is found")),
    (
        r"out of memory|CUDA failure 2:|failed to allocate|bad.?alloc|exceeds the max buffer",
        Refused("its memory is full"),
    ),
    (
        r"device.{0,20}\blost|DEVICE_(?:REMOVED|HUNG|RESET)|887A000[567]",
        Refused("the connection to it was lost"),
    ),
)
"""What onnxruntime, the loader and the drivers say of devices, and the same in our words."""


def cause(error: BaseException) -> Refused:
    """Why a run or a start failed, in this program's own words where it has some."""
    if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
        return NO_MEMORY
    text = plain(error)
    if failed := _FAILED.match(text):
        reason = quoted(failed[2])
        return Refused("its operator {op} fails: {reason}", op=failed[1], reason=reason)
    if misfit := _MISFIT.match(text):
        return Refused(
            "its operator {op} does not fit what it is given: {reason}",
            op=misfit[1],
            reason=quoted(misfit[2]),
        )
    return quoted(text)


def quoted(words: str) -> Refused:
    """What onnxruntime says in English, marked as its own words in whatever language is spoken."""
    return Refused("onnxruntime says “{words}”", words=words)


def device_cause(error: BaseException) -> Refused:
    """Why a device does not start or has failed, in this program's own words where it has some."""
    for pattern, refusal in _OF_DEVICES:
        if found := re.search(pattern, str(error), re.IGNORECASE):
            return Refused(refusal.template, **found.groupdict())
    return cause(error)


def plain(error: BaseException) -> str:
    """onnxruntime's message without its code, its C++ source lines and its paths; one line."""
    text = _LOADER.sub("", _CODE.sub("", " ".join(str(error).split())))
    text = _TEMPLATE_ARGUMENTS.sub("", text)
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
