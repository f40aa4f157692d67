"""A lesson in a person's own file: the same text as the program's own, and nothing believed.

It names models of the program's own by their names. Others it brings along: `inside` says of each
what `documents.desk` says of a desk's, and `files` has their bytes in base64. They are unpacked
only when that is asked for; no path in such a file is ever a path of this machine.
"""

from __future__ import annotations

import base64
import binascii
import difflib
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnn_desk.app import schema
from rnn_desk.app.documents.desk_models import (
    InsideModel,
    model_files,
    model_inside,
    unpack_model,
)
from rnn_desk.app.documents.toml_text import fields_text, value_text, words_text
from rnn_desk.app.lessons import Lesson, lesson_of
from rnn_desk.app.text import Document
from rnn_desk.app.values import Draft
from rnn_desk.assets_door import catalogue
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, write_whole
from rnn_desk.core.frozen import frozen
from rnn_desk.core.plain import one_line

MAX_BYTES = 64 * 2**20
"""Of a lesson's file with the models in it."""

MAX_TEXT = 2**20
"""Of all that is no model; the longest lesson that the program brings has a hundredth of it."""

MAX_STEPS = 200

LONGEST_WORDS = 2000
"""Characters of a step's words, which stand on the screen all at once, and of its notes."""

MOST_MINUTES = 24 * 60

_INSIDE, _FILES = "inside", "files"
_BEGIN_FILES = b"\n[files]\n"
_FILE = re.compile(rb"\"(models/[0-9a-f]{64}\.(?:onnx|data))\" = '([A-Za-z0-9+/=]*)'\r?\n?")
"""A line of what comes after that, to the end of the file."""

_MODELS = ("model", "compare")
_OF_A_STEP = ("words", "notes", "ask", "hide")
"""What is each step's own, and stands in no line that holds for all."""


@frozen(eq=False)
class LessonFile:
    """What a file says, of whose foreign models nothing is unpacked yet."""

    path: Path
    draft: Draft
    models: tuple[InsideModel, ...] = ()

    def with_models(self, unpacked: Mapping[str, Path]) -> Draft:
        """The lesson with its models where they lie, by their keys; a step that needs one that is
        not among them is left out."""
        inside = {model.key for model in self.models}
        steps = []
        for step in self.draft.steps:
            named = {key: name for key, name in _models_of(step) if name in inside}
            if all(name in unpacked for name in named.values()):
                paths = {key: str(unpacked[name]) for key, name in named.items()}
                steps.append({**step, **paths})
        return replace(self.draft, steps=tuple(steps))


def open_lesson(path: Path, unpacked: Mapping[str, Path] | None = None) -> Lesson:
    """Read a lesson, whose name is its path, with those of its models that are unpacked. Raises
    Refused."""
    draft = read_lesson_file(path).with_models(unpacked or {})
    if not draft.steps:
        raise Refused("{file} needs the models that it brings along: open it in the window",
                      file=path)  # fmt: skip
    return lesson_of(str(path.absolute()), draft)


def read_lesson_file(path: Path) -> LessonFile:
    """Read all that a file says. Raises Refused at the first thing that is wrong with it."""
    record = _record(path)
    told, files = record.pop(_INSIDE, {}), record.pop(_FILES)
    for problem in problems_of(path, record):
        raise problem
    draft = _draft(record)
    archive = _archive(path, files)
    models = []
    for key in _foreign(draft):
        inside = told.get(key) if isinstance(told, dict) else None
        model = None if archive is None else model_inside(archive, key, inside)
        if model is None:
            raise Refused(
                "{file} names the model {model}, which is neither inside it nor one of the "
                "program's own",
                file=path,
                model=key,
            )
        models.append(model)
    return LessonFile(path, draft, tuple(models))


@frozen
class Checked:
    """What is to be said of a file: how many steps it has, and all that is wrong with it."""

    steps: int
    problems: tuple[Refused, ...]


def checked(path: Path) -> Checked:
    """Name all that is wrong with a file, mistyped fields too. Raises Refused if it is no TOML."""
    record = _record(path)
    plain = {key: value for key, value in record.items() if key not in (_INSIDE, _FILES)}
    problems = [*problems_of(path, plain), *_lacking(path, plain), *_unknown(path, plain)]
    if not problems:
        try:
            read_lesson_file(path)
        except Refused as refusal:
            problems.append(refusal)
    steps = record.get("step")
    return Checked(len(steps) if isinstance(steps, list) else 0, tuple(problems))


def lacking(step: Mapping[str, Any]) -> Iterator[Refused]:
    """What a step that can be given does not say yet."""
    if not str(step.get("words", "")).strip():
        yield Refused("it has no words yet")
    ask = step.get("ask")
    if isinstance(ask, Mapping) and not str(ask.get("words", "")).strip():
        yield Refused("its question has no words yet")


def _lacking(path: Path, record: Mapping[str, Any]) -> Iterator[Refused]:
    steps = record.get("step")
    for number, step in enumerate(steps if isinstance(steps, list) else (), start=1):
        if isinstance(step, dict) and _is_text(step.get("words")):
            yield from (_of_step(path, number, reason) for reason in lacking(step))


def _unknown(path: Path, record: Mapping[str, Any]) -> Iterator[Refused]:
    """What stands in the file and is read by nobody, as it is mistyped."""
    fields = (each for each in schema.all_fields() if Document.LESSON in each.text.documents)
    known = {name for each in fields for name in (each.text.name, *each.text.also)}
    steps = record.get("step")
    records = [record, *(steps if isinstance(steps, list) else [])]
    for number, said in enumerate(records):
        allowed = known | {"words", "notes"} if number else known | set(_OF_THE_FILE)
        for name in said if isinstance(said, dict) else ():
            if name in allowed or schema.is_known(name):
                continue
            near = difflib.get_close_matches(name, allowed, n=1)
            reason = (
                Refused("there is no field {field}: did you mean {near}?", field=name, near=near[0])
                if near
                else Refused("there is no field {field}", field=name)
            )
            if number:
                yield _of_step(path, number, reason)
            else:
                yield Refused("{file}: {reason}", file=path, reason=reason)


def unpacked_before(file: LessonFile, folder: Path) -> dict[str, Path]:
    """Those of its models that were unpacked into that folder before, by their keys."""
    return {
        model.key: folder / model.folder / model.name
        for model in file.models
        if all((folder / model.folder / name).is_file() for name, _ in model.files)
    }


def unpack(file: LessonFile, folder: Path) -> dict[str, Path]:
    """Unpack its models; gives where they are, by their keys. Raises Refused."""
    there = unpacked_before(file, folder)
    archive = _archive(file.path, _record(file.path).pop(_FILES))
    for model in file.models:
        if model.key not in there and archive is not None:
            there[model.key] = unpack_model(file.path, archive, model, folder)
    return there


def write_lesson(path: Path, draft: Draft, readings: Mapping[str, ByHand]) -> None:
    """Write a lesson, with every model that is not the program's own, whole or not at all. Raises
    Refused.

    readings: how a person said that files without a card are fed, by their SHA-256.
    """
    write_whole(path, lesson_text(draft, readings).encode())


def lesson_text(draft: Draft, readings: Mapping[str, ByHand]) -> str:
    """The text of its file. Raises Refused where a model cannot be read."""
    own = {model.name for model in catalogue()}
    inside: dict[str, Any] = {}
    members: dict[str, bytes] = {}
    keys: dict[str, str] = {}
    for name in dict.fromkeys(name for step in draft.steps for _, name in _models_of(step)):
        if name not in own:
            keys[name], told, files = model_files(Path(name), readings)
            inside[keys[name]] = told
            members.update(files)
    steps = [{**s, **{k: keys.get(n, n) for k, n in _models_of(s)}} for s in draft.steps]
    common = _common(steps)
    parts = [words_text("title", draft.title)]
    if draft.aim:
        parts.append(words_text("aim", draft.aim))
    parts.append(fields_text({"minutes": draft.minutes or None, **common}))
    for step in steps:
        parts.append("\n[[step]]\n")
        parts += [words_text(n, step[n]) for n in ("words", "notes") if step.get(n)]
        others = {k: v for k, v in step.items() if k not in ("words", "notes", *common)}
        parts.append(fields_text(others))
    if inside:
        parts.append(f"\n[{_INSIDE}]\n{fields_text(inside)}{_BEGIN_FILES.decode()}")
        for member, data in members.items():
            parts.append(f"{value_text(member)} = '{base64.b64encode(data).decode('ascii')}'\n")
    return "".join(parts)


def problems_of(path: Path, record: Mapping[str, Any]) -> Iterator[Refused]:
    """Everything that is wrong with what a file says; nothing where it can be given."""
    title, steps = record.get("title"), record.get("step")
    if not isinstance(title, str) or not isinstance(steps, list) or not steps:
        yield Refused("{file} is no lesson: it needs a title and steps, each a [[step]]", file=path)
        return
    if len(steps) > MAX_STEPS:
        yield Refused("{file} has more than {most} steps", file=path, most=MAX_STEPS)
        return
    minutes = record.get("minutes", 0)
    if not _is_text(record.get("aim", "")):
        yield Refused("{file}: {field} in it is of no use", file=path, field="aim")
    if type(minutes) is not int or not 0 <= minutes <= MOST_MINUTES:
        yield Refused("{file}: {field} in it is of no use", file=path, field="minutes")
    common = {key: value for key, value in record.items() if key not in _OF_THE_FILE}
    for number, step in enumerate(steps, start=1):
        yield from _problems_of_step(path, number, common, step)


def _problems_of_step(
    path: Path, number: int, common: Mapping[str, Any], step: Any
) -> Iterator[Refused]:
    if not isinstance(step, dict) or not _is_text(step.get("words")):
        yield Refused(
            "{file}, step {step}: it needs words, at most {most} characters of them",
            file=path,
            step=number,
            most=LONGEST_WORDS,
        )
        return
    if not _is_text(step.get("notes", "")):
        yield _of_step(path, number, Refused("{field} in it is of no use", field="notes"))
    own = {model.name for model in catalogue()}
    whole = {**common, **step}
    for key in _MODELS:
        told = whole.get(key)
        file = told.get("file") if isinstance(told, Mapping) else told
        strange = not isinstance(file, str) or not (file in own or file.startswith(f"{_INSIDE}:"))
        if told not in (None, "") and strange:
            yield Refused(
                "{file}, step {step}: {model} is none of the program's own models, and not inside "
                "the file",
                file=path,
                step=number,
                model=str(file),
            )
            return
    try:
        lesson_of("", Draft("", steps=(_step(whole),))).steps[0].state  # noqa: B018  it is kept
    except Refused as refusal:
        yield _of_step(path, number, refusal)


def _of_step(path: Path, number: int, reason: Refused) -> Refused:
    return Refused("{file}, step {step}: {reason}", file=path, step=number, reason=reason)


def _record(path: Path) -> dict[str, Any]:
    """All that is said in the file, and the lines of the models' files under `_FILES`.

    What is long is not parsed: TOML's parser takes a second for a megabyte.
    """
    text, _, files = read_regular(path, MAX_BYTES).partition(_BEGIN_FILES)
    if len(text) > MAX_TEXT:
        raise Refused("{file} holds more than a lesson can need", file=path)
    try:
        record = tomllib.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # of TOML and of UTF-8 too
        reason = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "UTF-8"
        raise Refused(
            "{file} is no lesson: it is not TOML ({reason})", file=path, reason=reason
        ) from error
    return {**record, _FILES: files}


_OF_THE_FILE = ("title", "aim", "minutes", "step", _INSIDE, _FILES)


def _draft(record: Mapping[str, Any]) -> Draft:
    common = {key: value for key, value in record.items() if key not in _OF_THE_FILE}
    return Draft(
        one_line(record["title"]),
        one_line(record.get("aim", "")),
        record.get("minutes", 0),
        tuple(_step({**common, **step}) for step in record["step"]),
    )


def _step(record: Mapping[str, Any]) -> dict[str, Any]:
    """The step with its words as they are said, and its models by their names alone; which tensors
    of them are watched, a lesson does not say."""
    said = {name: " ".join(record[name].split()) for name in ("words", "notes") if name in record}
    return {**record, **said, **dict(_models_of(record))}


def _models_of(step: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The models that a step names, and under which key."""
    for key in _MODELS:
        told = step.get(key)
        name = told.get("file") if isinstance(told, Mapping) else told
        if isinstance(name, str) and name:
            yield key, name


def _foreign(draft: Draft) -> tuple[str, ...]:
    own = {model.name for model in catalogue()}
    named = dict.fromkeys(name for step in draft.steps for _, name in _models_of(step))
    return tuple(name for name in named if name not in own)


def _common(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """What all steps say alike, of several."""
    if len(steps) < 2:
        return {}
    first = steps[0]
    return {
        key: value
        for key, value in first.items()
        if key not in _OF_A_STEP and all(key in s and s[key] == value for s in steps)
    }


def _archive(path: Path, lines: bytes) -> zipfile.ZipFile | None:
    """The files inside as an archive, as a saved desk has them; None where there are none. Raises
    Refused."""
    if not lines:
        return None
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(stream, "w") as archive:
            for line in lines.splitlines():
                member, data = _FILE.fullmatch(line).groups()  # type: ignore[union-attr]
                archive.writestr(zipfile.ZipInfo(member.decode()), base64.b64decode(data))
        return zipfile.ZipFile(stream)
    except (binascii.Error, AttributeError, zipfile.BadZipFile) as error:
        raise Refused("{file} is damaged: get the file again", file=path) from error


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_WORDS
