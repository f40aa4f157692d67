"""The models in a saved desk that are not the program's own: taken in, found, unpacked.

No name or path in an archive is ever a path of this machine.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnn_desk.app.documents.desk_archive import MAX_MEMBERS, info_of, too_much
from rnn_desk.app.documents.onnx_beside import files_beside
from rnn_desk.core.by_hand import ByHand, by_hand_from
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, unwritable

log = logging.getLogger(__name__)

MAX_MODEL = 512 * 2**20
"""Bytes of a model and its weights, as the engine has it."""

_NAME, _FILE, _BESIDE, _INPUT = "name", "file", "beside", "input"

_MEMBER = re.compile(r"models/([0-9a-f]{64})\.(onnx|data)")

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices on Windows."""

_LONGEST_NAME = 200
_PIECE = 2**20


@dataclass(frozen=True)
class InsideModel:
    """A foreign model in an archive.

    key: the name that the desk has for it. member: of its file, and name: what that was called.
    size: bytes of all its files. beside: the files that it keeps weights in, by name, and their
    members. reading: how a person said that it is fed.
    """

    key: str
    member: str
    name: str
    size: int
    beside: tuple[tuple[str, str], ...] = ()
    reading: ByHand | None = None

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Every file by name, and its member."""
        return ((self.name, self.member), *self.beside)

    @property
    def folder(self) -> str:
        """A name for the folder of its files."""
        return _identity(self.files)

    @property
    def sha256(self) -> str:
        """That of its file."""
        return _hash_in(self.member)


def model_files(
    path: Path, readings: Mapping[str, ByHand]
) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    """The key of a model, what is told of it, and its files by their members. Raises Refused."""
    data = read_regular(path, MAX_MODEL)
    member = _member(data, "onnx")
    files, beside = {member: data}, {}
    try:
        named = sorted(files_beside(data))
    except Refused as refusal:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=refusal) from refusal
    for name in named:
        if not _is_plain(name) or name.casefold() == path.name.casefold():
            raise Refused(
                "{file} keeps weights in {data}, and a desk takes along only what lies beside the "
                "model: export it as one file",
                file=path,
                data=name,
            )
        weights = read_regular(path.with_name(name), MAX_MODEL - sum(map(len, files.values())))
        beside[name] = _member(weights, "data")
        files[beside[name]] = weights
    name = path.name if _is_plain(path.name) else "model.onnx"
    told: dict[str, Any] = {_NAME: name, _FILE: member}
    if beside:
        told[_BESIDE] = beside
    if (reading := readings.get(_hash_in(member))) is not None:
        told[_INPUT] = reading.record
    return f"inside:{_identity(((name, member), *beside.items()))}", told, files


def _member(data: bytes, kind: str) -> str:
    return f"models/{hashlib.sha256(data).hexdigest()}.{kind}"


def _identity(files: tuple[tuple[str, str], ...]) -> str:
    """A name for these files, the same for the same contents under the same names."""
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()


def model_inside(archive: zipfile.ZipFile, key: str, told: Any) -> InsideModel | None:
    """The model of that key, if it is there, with all its files, and not too large."""
    if not isinstance(told, dict):
        return None
    name, member, beside = told.get(_NAME), told.get(_FILE, key), told.get(_BESIDE, {})
    if not isinstance(name, str) or not isinstance(beside, dict) or len(beside) > MAX_MEMBERS:
        return None
    files = [(name, member), *beside.items()]
    size = 0
    for each, where in files:
        if not isinstance(where, str) or not _MEMBER.fullmatch(where) or not _is_plain(each):
            return None
        info = info_of(archive, where)
        if info is None:
            return None
        size += info.file_size
    if size > MAX_MODEL or len({each.casefold() for each, _ in files}) < len(files):
        return None
    return InsideModel(
        key, member, name, size, tuple(sorted(beside.items())), _reading(told.get(_INPUT))
    )


def _reading(told: Any) -> ByHand | None:
    """How a model is fed, if that is said; what cannot be read of it is found out anew."""
    if told is None:
        return None
    try:
        return by_hand_from(told)
    except (Refused, ValueError, TypeError, AttributeError) as error:
        log.warning("how a model of the desk is fed cannot be read (%s)", error)
        return None


def _hash_in(member: str) -> str:
    found = _MEMBER.fullmatch(member)
    assert found is not None
    return found[1]


def unpack_model(path: Path, archive: zipfile.ZipFile, model: InsideModel, folder: Path) -> Path:
    """Unpack one model; its files are moved into place together. Raises Refused."""
    place, temporary = folder / model.folder, folder / f".{uuid.uuid4().hex}.part"
    try:
        temporary.mkdir(parents=True)
        left = model.size
        for name, member in model.files:
            left -= _unpack_file(path, archive, member, temporary / name, left)
        shutil.rmtree(place, ignore_errors=True)  # some of it is missing
        temporary.replace(place)
    except OSError as error:
        if place.is_dir():  # another copy of the program was faster
            return place / model.name
        raise unwritable(place / model.name, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return place / model.name


def _unpack_file(
    path: Path, archive: zipfile.ZipFile, member: str, target: Path, limit: int
) -> int:
    """Unpack one file of at most that many bytes, and check that it is what its name says."""
    digest, size = hashlib.sha256(), 0
    info = info_of(archive, member)
    if info is None:
        raise _damaged(path, target.name)
    with archive.open(info) as packed, target.open("xb") as stream:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise too_much(path)
            digest.update(piece)
            stream.write(piece)
    if not member.startswith(f"models/{digest.hexdigest()}."):
        raise _damaged(path, target.name)
    return size


def _is_plain(name: str) -> bool:
    """Whether it is the name of a file on every system, and of no folder, device or other place."""
    return (
        0 < len(name) <= _LONGEST_NAME
        and name.isprintable()
        and not re.search(r'[/\\:*?"<>|]', name)
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not _RESERVED.fullmatch(name)
    )


def _damaged(path: Path, name: str) -> Refused:
    return Refused(
        "The model {model} inside {file} is damaged: get the file again", model=name, file=path
    )
