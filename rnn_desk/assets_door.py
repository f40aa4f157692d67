"""The one door to the files that ship with the program: models, reference digits, translations,
lessons.

In a wheel they lie inside the package; in a checkout, and so in an editable install, in the
repository's own `assets` folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "assets", _PACKAGE.parent / "assets")


@dataclass(frozen=True)
class BundledModel:
    """A model that ships with the program: its name, and in a few words what it is.

    group: models of one group stand together in a list. learned: how many steps of training it has
    had, where it was stopped on its way; None is a finished model.
    """

    name: str
    words: str = ""
    group: int = 0
    learned: int | None = None

    @property
    def path(self) -> Path:
        """Its file; it may not exist."""
        return asset("models", f"{self.name}.onnx")


CATALOGUE = (
    BundledModel("champion", "two wide LSTM layers, the best reader", 0),
    BundledModel("lstm", "two LSTM layers, with gates and a memory", 1),
    BundledModel("gru", "one GRU layer, with gates alone", 1),
    BundledModel("rnn", "one plain layer, without gates", 1),
    BundledModel("bilstm", "reads from the top and from the bottom", 2),
    BundledModel("lstm-attention", "weighs the rows before it answers", 2),
    BundledModel("hierarchical", "reads each row pixel by pixel", 2),
    BundledModel("columns", "reads from left to right", 2),
    BundledModel("cnn", "sees the whole picture at once", 3),
)
"""In the order of a list; of these, those are bundled whose files are there."""

WRITER = "writer"
"""The model that writes, by name: it reads nothing, so it stands in no list of readers."""

BASELINES = ("rnn", "gru", "lstm")
"""The plain cells by name, from the one that forgets most to the one that forgets least."""


@cache  # a window asks hundreds of times, for a few dozen paths
def asset(*parts: str) -> Path:
    """The path of a shipped file, such as `asset("models", "lstm.onnx")`; it may not exist."""
    folder = next((place for place in _PLACES if place.is_dir()), _PLACES[-1])
    return folder.joinpath(*parts)


def catalogue() -> tuple[BundledModel, ...]:
    """Every reader that ships, in the order of a list: finished models, then those that stopped on
    their way, such as `learning/lstm-00060`, after 60 steps."""
    folder = asset("models")
    finished = [model for model in CATALOGUE if model.path.is_file()]
    known = {WRITER, *(model.name for model in CATALOGUE)}
    others = sorted(path.stem for path in folder.glob("*.onnx") if path.stem not in known)
    learning = sorted(folder.glob("learning/*-*.onnx"))
    return (
        *finished,
        *(BundledModel(name, group=4) for name in others),
        *(
            BundledModel(f"learning/{path.stem}", group=5, learned=int(path.stem.split("-")[-1]))
            for path in learning
        ),
    )


def bundled_models() -> tuple[Path, ...]:
    """The readers that ship with the program, in the order of a list."""
    return tuple(model.path for model in catalogue())


def writer_model() -> Path:
    """The file of the model that writes; it may not exist."""
    return asset("models", f"{WRITER}.onnx")


def is_bundled(path: Path) -> bool:
    """Whether it is one of the program's own models."""
    return path.absolute() in _own_models()


@cache  # it is asked of every request, and looking into the folder takes as long as a short one
def _own_models() -> frozenset[Path]:
    return frozenset(path.absolute() for path in (*bundled_models(), writer_model()))


def bundled_lessons() -> tuple[Path, ...]:
    """The files of the lessons, in their order."""
    return tuple(sorted(asset("lessons").glob("*.toml"), key=_place_of))


def _place_of(lesson: Path) -> tuple[int, str]:
    """The number before its name, and the name."""
    number, _, name = lesson.stem.partition("-")
    return int(number), name


def baselines() -> tuple[Path, ...]:
    """The plain cells that ship with the program: what another model's gradient is laid beside."""
    paths = (asset("models", f"{name}.onnx") for name in BASELINES)
    return tuple(path for path in paths if path.is_file())


def default_model() -> Path:
    """The model that reads when none is asked for: the best that ships with the program."""
    there = (model.path for model in CATALOGUE if model.path.is_file())
    return next(there, asset("models", "lstm.onnx"))
