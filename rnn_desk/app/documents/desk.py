"""A desk that a person saved, `.rnndesk`: how it stands, and the models that are not the program's.

It is a zip archive with `desk.json` in it, `{"rnndesk": VERSION, ...}` and the fields of
`Document.DESK`, and the files of foreign models under `models/`, named by their SHA-256. A model is
more than its `.onnx`: `inside` says of each, by the name that the desk has for it, what its files
were called, and how a person said that it is fed:
`{"inside:<hash>": {"name": "mine.onnx", "file": "models/<hash>.onnx",
"beside": {"mine.data": "models/<hash>.data"}, "input": {...}}}`.
Version 1 named a model by its `.onnx` alone.

An archive comes from anywhere. No path in it is ever a path of this machine, every length is
limited before it is read, and a model is unpacked only when that is asked for.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from rnn_desk.app import schema
from rnn_desk.app.actions import stand
from rnn_desk.app.documents.desk_archive import bytes_of, no_desk, opened, too_much
from rnn_desk.app.documents.desk_models import (
    InsideModel,
    model_files,
    model_inside,
    unpack_model,
)
from rnn_desk.app.schema import Patch
from rnn_desk.app.state import AppState
from rnn_desk.app.text import Document
from rnn_desk.assets_door import catalogue, is_bundled
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import writing_whole

VERSION = 2
"""Of the archive; a file of a higher one is not read. New fields need none: older versions of the
program keep what they do not know."""

MAX_TEXT = 64 * 2**20
"""Bytes of `desk.json`: the largest picture in base64, and the longest drawing, stay below."""

MAX_VALUES = 2_000_000
"""Commas and opening brackets in `desk.json`: the longest drawing has half as many."""

MAX_DEPTH = 32
"""Lists and objects within one another in `desk.json`."""

_TEXT, _VERSION, _INSIDE = "desk.json", "rnndesk", "inside"


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
        """The state as this desk has it. unpacked: where its models lie, by their keys; one that is
        not among them is left out, with what is of it alone."""
        stands = self._patch.over(schema.at_first(state, Document.DESK))
        inside = {model.key for model in self.models}
        for place, choice in enumerate((stands.models.first, stands.models.second)):
            if choice is None or choice.path not in inside:
                continue
            where = unpacked.get(choice.path)
            if where is None:
                stands = stand.without_model(stands, place)
            else:
                stands = stand.with_model(stands, place, replace(choice, path=str(where)))
        return stands

    def readings(self, unpacked: Mapping[str, Path]) -> dict[str, ByHand]:
        """How those of its models that are unpacked are fed, by their SHA-256, where it is said."""
        return {
            model.sha256: model.reading
            for model in self.models
            if model.reading is not None and model.key in unpacked
        }


def save_desk(
    path: Path,
    state: AppState,
    unknown: Mapping[str, Any],
    readings: Mapping[str, ByHand],
) -> None:
    """Write how the desk stands, with every model that is not the program's own, whole or not at
    all. Raises Refused.

    readings: how a person said that files without a card are fed, by their SHA-256.
    """
    members: dict[str, bytes] = {}
    inside: dict[str, Any] = {}
    for place, choice in enumerate((state.models.first, state.models.second)):
        if choice is None or is_bundled(Path(choice.path)):
            continue
        key, told, files = model_files(Path(choice.path), readings)
        inside[key] = told
        members.update(files)
        state = stand.with_model(state, place, replace(choice, path=key))
    record = {**unknown, _VERSION: VERSION, **schema.written(state, Document.DESK)}
    if inside:
        record[_INSIDE] = inside
    text = json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    with writing_whole(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(_TEXT), text, zipfile.ZIP_DEFLATED)
        for member, data in members.items():
            archive.writestr(zipfile.ZipInfo(member), data)


def open_desk(path: Path) -> SavedDesk:
    """Read what a file says of a desk. Raises Refused."""
    with opened(path) as archive:
        record = _record(path, bytes_of(path, archive, _TEXT, MAX_TEXT))
        version = record.pop(_VERSION, None)
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            raise no_desk(path)
        if version > VERSION:
            raise Refused(
                "{file} was saved by a newer version of RNN Desk, which is needed to open it",
                file=path,
            )
        told = record.pop(_INSIDE, {})
        models = []
        for key in dict.fromkeys(_models_named(path, record)):
            inside = told.get(key) if isinstance(told, dict) else None
            model = model_inside(archive, key, inside)
            if model is None:
                raise Refused(
                    "{file} names the model {model}, which is neither inside it nor one of the "
                    "program's own",
                    file=path,
                    model=key,
                )
            models.append(model)
    try:
        patch = schema.read(record, Document.DESK)
    except Refused as refusal:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=refusal) from refusal
    return SavedDesk(path, tuple(models), patch.unknown, patch)


def unpacked_before(saved: SavedDesk, folder: Path) -> dict[str, Path]:
    """Those of its models that were unpacked into that folder before, by their keys."""
    return {
        model.key: folder / model.folder / model.name
        for model in saved.models
        if all((folder / model.folder / name).is_file() for name, _ in model.files)
    }


def unpack(saved: SavedDesk, folder: Path) -> dict[str, Path]:
    """Unpack its models, each into a folder of its own below that one, whole or not at all.

    Gives where they are, by their keys. Raises Refused.
    """
    there = unpacked_before(saved, folder)
    with opened(saved.path) as archive:
        for model in saved.models:
            if model.key not in there:
                there[model.key] = unpack_model(saved.path, archive, model, folder)
    return there


def _record(path: Path, text: bytes) -> dict[str, Any]:
    if sum(map(text.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise too_much(path)
    try:
        record = json.loads(text.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise no_desk(path) from error
    if not isinstance(record, dict):
        raise no_desk(path)
    if _depth(record) > MAX_DEPTH:
        raise too_much(path)
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
            raise no_desk(path)
        yield file
