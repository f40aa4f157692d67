"""A desk that a person saved, `.rnndesk`: how it stands, and the models that are not the program's.

It is a zip archive with `desk.json` in it, `{"rnndesk": VERSION, ...}` and the fields of
`Document.DESK`, and each foreign model with the files that it keeps its weights in, under
`models/`, named by their SHA-256. `inside` says what they were called:
`{"models/<hash>.onnx": {"name": "mine.onnx", "beside": {"mine.data": "models/<hash>.data"}}}`.

An archive comes from anywhere. No path in it is ever a path of this machine, every length is
limited before it is read, and a model is unpacked only when that is asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import uuid
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from rnn_desk.app import schema
from rnn_desk.app.documents.onnx_beside import files_beside
from rnn_desk.app.schema import Patch
from rnn_desk.app.state import AppState
from rnn_desk.app.text import Document
from rnn_desk.app.values import ModelChoice
from rnn_desk.assets_door import catalogue, is_bundled
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import (
    check_regular,
    read_regular,
    unreadable,
    unwritable,
    writing_whole,
)

VERSION = 1
"""Of the archive; a file of a higher one is not read. New fields need none: older versions of the
program keep what they do not know."""

MAX_TEXT = 64 * 2**20
"""Bytes of `desk.json`: the largest picture in base64, and the longest drawing, stay below."""

MAX_MODEL = 512 * 2**20
"""Bytes of a model and its weights, as the engine has it."""

MAX_MEMBERS = 64
"""Files in an archive: two models, with their weights in some files each."""

MAX_VALUES = 2_000_000
"""Commas and opening brackets in `desk.json`: the longest drawing has half as many."""

MAX_DEPTH = 32
"""Lists and objects within one another in `desk.json`."""

_TEXT, _VERSION, _INSIDE = "desk.json", "rnndesk", "inside"

_MEMBER = re.compile(r"models/[0-9a-f]{64}\.(onnx|data)")

_DIRECTORY = 64 * 1024
"""Bytes of a zip archive's directory: of `MAX_MEMBERS` files with names of some length."""

_END, _END_MARK, _END_64, _END_64_MARK = 22, b"PK\x05\x06", 20, b"PK\x06\x07"
"""Lengths and marks of the records with which a zip archive ends."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices on Windows."""

_LONGEST_NAME = 200
_PIECE = 2**20


@dataclass(frozen=True)
class InsideModel:
    """A foreign model in an archive: its member, and what the file was called.

    size: bytes of all its files. beside: the files that it keeps weights in, by name, and their
    members.
    """

    member: str
    name: str
    size: int
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Every file by name, and its member."""
        return ((self.name, self.member), *self.beside)

    @property
    def folder(self) -> str:
        """A name for the folder of its files, the same for the same files under the same names."""
        return hashlib.sha256(json.dumps(self.files).encode()).hexdigest()


@dataclass(frozen=True)
class SavedDesk:
    """What a file says, of whose foreign models nothing is unpacked yet.

    unknown: what a newer version has written, to be written again.
    """

    path: Path
    models: tuple[InsideModel, ...]
    unknown: Mapping[str, Any]
    _patch: Patch = field(repr=False)

    def over(self, state: AppState, unpacked: Mapping[str, Path]) -> AppState:
        """The state as this desk has it. unpacked: where its models lie, by their members; one that
        is not among them is left out, with what is of no other model."""
        inside = {model.member for model in self.models}
        values = []
        for each, value in self._patch.values:
            if isinstance(value, ModelChoice) and value.path in inside:
                if value.path not in unpacked:
                    continue
                value = replace(value, path=str(unpacked[value.path]))
            values.append((each, value))
        stands = Patch(tuple(values)).over(schema.at_first(state, Document.DESK))
        if len(values) == len(self._patch.values):
            return stands
        return replace(
            stands,
            lab=stands.lab.picture_alone(),
            pointed=replace(stands.pointed, unit_stays=None),
            views=replace(stands.views, layers=()),
        )


def save_desk(path: Path, state: AppState, unknown: Mapping[str, Any]) -> None:
    """Write how the desk stands, with every model that is not the program's own, whole or not at
    all. Raises Refused."""
    members: dict[str, bytes] = {}
    inside: dict[str, Any] = {}

    def taken_in(choice: ModelChoice | None) -> ModelChoice | None:
        if choice is None or is_bundled(Path(choice.path)):
            return choice
        told, files = _model_files(Path(choice.path))
        member = next(iter(files))
        inside[member] = told
        members.update(files)
        return replace(choice, path=member)

    first, second = taken_in(state.models.first), taken_in(state.models.second)
    stands = replace(state, models=replace(state.models, first=first, second=second))
    record = {**unknown, _VERSION: VERSION, **schema.written(stands, Document.DESK)}
    if inside:
        record[_INSIDE] = inside
    text = json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    with writing_whole(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(_TEXT), text, zipfile.ZIP_DEFLATED)
        for member, data in members.items():
            archive.writestr(zipfile.ZipInfo(member), data)


def open_desk(path: Path) -> SavedDesk:
    """Read what a file says of a desk. Raises Refused."""
    with _archive(path) as archive:
        record = _record(path, _bytes_of(path, archive, _TEXT, MAX_TEXT))
        version = record.pop(_VERSION, None)
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            raise _no_desk(path)
        if version > VERSION:
            raise Refused(
                "{file} was saved by a newer version of RNN Desk, which is needed to open it",
                file=path,
            )
        told = record.pop(_INSIDE, {})
        models = []
        for member in dict.fromkeys(_models_named(path, record)):
            inside = told.get(member) if isinstance(told, dict) else None
            model = _inside(archive, member, inside)
            if model is None:
                raise Refused(
                    "{file} names the model {model}, which is neither inside it nor one of the "
                    "program's own",
                    file=path,
                    model=member,
                )
            models.append(model)
    try:
        patch = schema.read(record, Document.DESK)
    except Refused as refusal:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=refusal) from refusal
    return SavedDesk(path, tuple(models), patch.unknown, patch)


def unpacked_before(saved: SavedDesk, folder: Path) -> dict[str, Path]:
    """Those of its models that were unpacked into that folder before, by their members."""
    return {
        model.member: folder / model.folder / model.name
        for model in saved.models
        if all((folder / model.folder / name).is_file() for name, _ in model.files)
    }


def unpack(saved: SavedDesk, folder: Path) -> dict[str, Path]:
    """Unpack its models, each into a folder of its own below that one, whole or not at all.

    Gives where they are, by their members. Raises Refused.
    """
    there = unpacked_before(saved, folder)
    with _archive(saved.path) as archive:
        for model in saved.models:
            if model.member not in there:
                there[model.member] = _unpack_model(saved.path, archive, model, folder)
    return there


# Writing.


def _model_files(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What is told of a model, and its files by their members, that of the model first."""
    data = read_regular(path, MAX_MODEL)
    files = {_member(data, "onnx"): data}
    beside = {}
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
    return {"name": name, **({"beside": beside} if beside else {})}, files


def _member(data: bytes, kind: str) -> str:
    return f"models/{hashlib.sha256(data).hexdigest()}.{kind}"


# Reading.


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, whose directory is of a reasonable size. Raises Refused."""
    try:
        check_regular(path)
        with path.open("rb") as stream:
            stream.seek(-min(_END + _END_64, stream.seek(0, os.SEEK_END)), os.SEEK_END)
            _check_directory(path, stream.read())
            with zipfile.ZipFile(stream) as archive:
                if len(archive.infolist()) > MAX_MEMBERS:
                    raise _too_much(path)
                yield archive
    except OSError as error:
        raise unreadable(path, error) from error
    except (  # what Python says of archives that are damaged, encrypted, or of a rare kind
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise _no_desk(path) from error


def _check_directory(path: Path, tail: bytes) -> None:
    """Refuse an archive whose directory is long, before it is read, and any that does not end where
    its directory does, as none of ours: what is checked here is what is read then."""
    end = tail[-_END:]
    if len(end) < _END or not end.startswith(_END_MARK) or end[-2:] != b"\0\0":
        raise _no_desk(path)
    size = int.from_bytes(end[12:16], "little")
    if size > _DIRECTORY or tail[:-_END].startswith(_END_64_MARK):
        raise _too_much(path)


def _info(archive: zipfile.ZipFile, member: str) -> zipfile.ZipInfo | None:
    """What its directory says of a member, if that is there, and packed as we pack."""
    info = archive.NameToInfo.get(member)
    if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None
    return info


def _bytes_of(path: Path, archive: zipfile.ZipFile, member: str, limit: int) -> bytes:
    info = _info(archive, member)
    if info is None:
        raise _no_desk(path)
    if info.file_size > limit:
        raise _too_much(path)
    with archive.open(info) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_much(path)
    return data


def _record(path: Path, text: bytes) -> dict[str, Any]:
    if sum(map(text.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise _too_much(path)
    try:
        record = json.loads(text.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _no_desk(path) from error
    if not isinstance(record, dict):
        raise _no_desk(path)
    if _depth(record) > MAX_DEPTH:
        raise _too_much(path)
    return record


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError


def _depth(value: Any) -> int:
    """How many lists and objects are within one another."""
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            part
            for each in level
            for part in (each.values() if isinstance(each, dict) else each)
            if isinstance(part, dict | list)
        ]
    return depth


def _models_named(path: Path, record: Mapping[str, Any]) -> Iterator[str]:
    """The models of the desk that are not the program's own, as it names them. Raises Refused."""
    own = {model.name for model in catalogue()}
    for name in ("model", "compare"):
        told = record.get(name)
        file = told.get("file") if isinstance(told, dict) else told
        if told in (None, "") or (isinstance(file, str) and file in own):
            continue
        if not isinstance(file, str):
            raise _no_desk(path)
        yield file


def _inside(archive: zipfile.ZipFile, member: str, told: Any) -> InsideModel | None:
    """The model of that member, if it is there, with all its files, and not too large."""
    if not isinstance(told, dict):
        return None
    name, beside = told.get("name"), told.get("beside", {})
    if not isinstance(name, str) or not isinstance(beside, dict) or len(beside) > MAX_MEMBERS:
        return None
    files = [(name, member), *beside.items()]
    size = 0
    for each, where in files:
        if not isinstance(where, str) or not _MEMBER.fullmatch(where) or not _is_plain(each):
            return None
        info = _info(archive, where)
        if info is None:
            return None
        size += info.file_size
    if size > MAX_MODEL or len({each.casefold() for each, _ in files}) < len(files):
        return None
    return InsideModel(member, name, size, tuple(sorted(beside.items())))


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


def _unpack_model(path: Path, archive: zipfile.ZipFile, model: InsideModel, folder: Path) -> Path:
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
    info = _info(archive, member)
    if info is None:
        raise _damaged(path, target.name)
    with archive.open(info) as packed, target.open("xb") as stream:
        while piece := packed.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise _too_much(path)
            digest.update(piece)
            stream.write(piece)
    if not member.startswith(f"models/{digest.hexdigest()}."):
        raise _damaged(path, target.name)
    return size


def _no_desk(path: Path) -> Refused:
    return Refused("{file} is no desk that RNN Desk has saved, or it is damaged", file=path)


def _too_much(path: Path) -> Refused:
    return Refused("{file} holds more than a saved desk can need, and is not opened", file=path)


def _damaged(path: Path, name: str) -> Refused:
    return Refused(
        "The model {model} inside {file} is damaged: get the file again", model=name, file=path
    )
