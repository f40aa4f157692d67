"""Tables in docs that say what the code says.

    python -m tests.docs.tables

writes each between its marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from rnn_desk.app.limits import Limits
from rnn_desk.core import card, landmarks, questions
from rnn_desk.engine.runtime.devices import KINDS
from tests.docs.pages import PAGES, with_marked
from tests.models.manifest import FILES

_SYSTEMS = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}

_AXES = {
    "NHW": "rows x columns",
    "NCHW": "channels x rows x columns",
    "NHWC": "rows x columns x channels",
    "NF": "all pixels in one axis",
    "HNW": "rows x batch x columns",
    "NFC": "pixels x one",
    "FNC": "pixels x batch x one",
}


def tables() -> dict[str, str]:
    """Every table as Markdown, by the name of its marks."""
    return {
        "opens": _table(("made by", "network", "pictures go in as", "answer"), _opened()),
        "card": _table(("field", "is"), _card()),
        "rules": _table(("rule", "means"), _rules()),
        "answers": _table(("answer", "means"), _answers()),
        "limits": _table(("of another's model", "at most"), _limits()),
        "devices": _table(("`--device`", "is", "on", "comes with"), _devices()),
    }


def write(pages: Iterable[Path] = PAGES) -> None:
    """Write each table between its marks, on whichever page these are."""
    made = tables()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        page.write_text(with_marked(text, made), encoding="utf-8")


def _opened() -> Iterator[tuple[str, ...]]:
    """One line for each maker and network, with all ways of feeding it that the tests have."""
    manifest: dict[str, dict[str, Any]] = json.loads((FILES / "manifest.json").read_text())
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for truth in manifest.values():
        if truth["accepted"]:
            maker = truth["exporter"].removesuffix(", quantised by onnxruntime")
            groups.setdefault((maker, _network(truth)), []).append(truth)
    for (maker, network), files in sorted(groups.items()):
        feeds = [
            _all(_axes(file) for file in files),
            _all(f"{file['side']} x {file['side']}" for file in files),
            _all(_values(file) for file in files),
            _all(file["dtype"] for file in files),
        ]
        yield maker, network, "; ".join(feeds), _all(_answer(file) for file in files)


def _network(truth: Mapping[str, Any]) -> str:
    layers = truth["states"]
    if not layers:
        return "CNN" if truth["layout"] in ("NCHW", "NHWC") else "linear, or MLP"
    both_ways = any(direction == "bidirectional" for *_, direction in layers)
    return f"{layers[0][0]}, both ways" if both_ways else str(layers[0][0])


def _axes(truth: Mapping[str, Any]) -> str:
    axes = _AXES[truth["layout"]]
    return f"{axes} (read by columns)" if truth["reading"] == "columns" else axes


def _values(truth: Mapping[str, Any]) -> str:
    values = (
        "MNIST's mean and deviation" if truth["value_range"] == "mnist" else truth["value_range"]
    )
    return f"{values}, black on white" if truth["polarity"] == "black_on_white" else str(values)


def _answer(truth: Mapping[str, Any]) -> str:
    count = len(truth["classes"])
    words = str(truth["output"]).replace("_", " ")
    return words if count == 10 else f"{words} of {count} classes"


def _all(words: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(words))


def _card() -> Iterator[tuple[str, ...]]:
    fields = {
        "layout": (
            card.Layout,
            "the input's axes in order: N batch, C channel, H rows, W columns, F all pixels",
        ),
        "value_range": (
            card.ValueRange,
            "what paper and ink are; `mnist` and `imagenet` are less the mean, divided by the "
            "deviation; `scaled` is 0..1 times `scale` plus `offset`",
        ),
        "polarity": (card.Polarity, ""),
        "reading": (card.Reading, "what one time step is; `whole` has none"),
        "dtype": (card.Dtype, "type of the input's elements"),
        "margin": (
            card.Margin,
            "paper around the ink: as MNIST's, or none; `counted` has none, and each pixel counts "
            "the ink of 4 x 4 of a bitmap, as scikit-learn's 8 x 8 digits do",
        ),
        "turn": (
            card.Turn,
            "done to the picture first: nothing, left for right, rows from the bottom up, both; "
            "after it, `reading` `columns` changes rows for columns",
        ),
        "alpha": (card.Alpha, "the last of four channels: white everywhere, or the ink"),
        "fitted": (
            card.Fitted,
            "how the square picture becomes one of `shape`: paper around it, other numbers of rows "
            "and columns, or the same pixels in rows of another length",
        ),
    }
    for name, (values, words) in fields.items():
        yield f"`input.{name}`", "; ".join(filter(None, (_codes(get_args(values)), words)))
    yield "`input.batch`", "pictures in one run, or `free`"
    yield "`input.channels`", _codes(("1", "3", "4"))
    yield "`input.scale`, `input.offset`", "of `scaled`: a list of one number, or one a channel"
    yield (
        "`input.shape`",
        "rows and columns of the input where they are not `side`, or an empty list",
    )
    yield "`output`", _codes(get_args(card.Output))
    yield (
        "`form`",
        f"{_codes(get_args(card.Form))}; how the answer lies in the output: see [what opens]"
        "(models.md#what-opens)",
    )
    yield "`scale`", "what the answer's numbers are multiplied by"
    yield "`given`", "the value of each input beside the picture, by its name"
    yield "`rows_a_call`", "rows that each call takes, of a model of many calls; else 0"
    yield (
        "`labels`",
        (
            f"{_codes(get_args(card.Labels))}; whence the names are: the file or a person, nobody, "
            "or what the model said to known drawings"
        ),
    )
    yield "`classes`", f"names in the order of the output, {card.MAX_CLASSES:,} at most"


def _answers() -> Iterator[tuple[str, ...]]:
    for kind, rules in questions.RULES.items():
        if kind != "row":  # those are the rules for a row
            for name, rule in rules.items():
                yield f"{kind} `{name}`", _first_sentence(rule.__doc__ or "")


def _rules() -> Iterator[tuple[str, ...]]:
    for kind, rules in (("row", landmarks.ROWS), ("unit", landmarks.UNITS)):
        for name, rule in rules.items():
            yield f"{kind} `{name}`", _first_sentence(rule.__doc__ or "")


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].rstrip(".")


def _limits() -> Iterator[tuple[str, ...]]:
    limits = Limits()
    yield "processor time to be opened", f"{limits.seconds:g} s"
    yield "processor time for one picture", f"{limits.live_seconds:g} s"
    yield "time in which it neither computes nor answers", f"{limits.silent_seconds:g} s"
    yield "memory, beyond what the process takes without a model", f"{limits.mebibytes:,} MiB"


def _devices() -> Iterator[tuple[str, ...]]:
    yield "`cpu`", "CPU", ", ".join(_SYSTEMS.values()), "onnxruntime"
    for kind in KINDS:
        places = ", ".join(_SYSTEMS[system] for system in kind.systems)
        package = f"`{kind.package}`, a plug-in beside onnxruntime" if kind.package else ""
        if kind.wheel == "onnxruntime":
            wheel = "onnxruntime"
        else:
            wheel = f"`{kind.wheel}` in onnxruntime's place" if kind.wheel else ""
        yield f"`{kind.name}`", kind.label, places, "; or ".join(filter(None, (package, wheel)))


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    write()
