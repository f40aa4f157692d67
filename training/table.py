"""The README's table of models, from the cards of the models that ship.

    python -m training.table README.md

writes it between the two marks that stand in the file. Every figure comes from a card, and so from
the evaluation code that wrote the card; none is typed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import onnx

from rnn_desk.core.card import CARD_KEY, ModelCard, from_json
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from training.console import warn

BEGIN, END = "<!-- models: python -m training.table README.md -->", "<!-- /models -->"

MODELS = Path(__file__).parents[1] / "assets" / "models"

_COLUMNS = ("Model", "File", "Parameters", "Epochs", "MNIST test set", "Drawn digits, unseen")
_DRAWN = "pendigits-30-writers"


def card_of(path: Path) -> ModelCard:
    """The card of a model file. Raises Refused where it has none."""
    for entry in onnx.load(path, load_external_data=False).metadata_props:
        if entry.key == CARD_KEY:
            return from_json(entry.value)
    raise Refused("{file} has no model card", file=path)


def table(models: Sequence[Path]) -> str:
    """The models as a Markdown table, a line each."""
    lines = [_line(_COLUMNS), _line(["---"] * 2 + ["--:"] * 4)]
    for path in sorted(models):
        card = card_of(path)
        lines.append(
            _line(
                (
                    card.name,
                    f"`{path.name}`",
                    f"{card.training['parameters']:,}",
                    str(card.training["epochs_trained"]),
                    _share(card.accuracies.get("mnist_test")),
                    _share(card.accuracies.get(_DRAWN)),
                )
            )
        )
    return "\n".join(lines)


def with_table(text: str, made: str) -> str:
    """The text with the table between its marks. Raises Refused where the marks are not there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise Refused("the file has no marks {begin} and {end}", begin=BEGIN, end=END)
    return f"{before}{BEGIN}\n{made}\n{END}{after}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2%}"


def main(arguments: Sequence[str]) -> int:
    """Write the table into the file that is named."""
    try:
        path = Path(arguments[0])
        text = path.read_text(encoding="utf-8")
        write_whole(path, with_table(text, table(list(MODELS.glob("*.onnx")))).encode())
    except (IndexError, OSError) as error:
        warn(f"name a file to write the table into ({error})")
        return 2
    except Refused as refused:
        warn(str(refused))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
