"""The system's file dialogs, which would wait for a person: they answer at once, with any path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from PySide6.QtWidgets import QFileDialog, QWidget

from tests.monkey.pantry import Pantry

_ENDS = (".onnx", ".jsonl", ".png", ".npz", ".csv", ".json", ".gif", ".webp", ".svg", ".html", "")


@contextmanager
def answered(dice: Random, pantry: Pantry, tell: Callable[[str], object]) -> Iterator[None]:
    """Meanwhile no dialog opens. tell: hears of each answer.

    The dice are the dialogs' own: when they are asked is a matter of time.
    """
    before = QFileDialog.getOpenFileName, QFileDialog.getSaveFileName

    def opened(_over: QWidget, _title: str, _start: str, kinds: str) -> tuple[str, str]:
        files = pantry.all
        usual = [*pantry.own, *pantry.foreign] if "onnx" in kinds else list(pantry.pictures)
        path = str(dice.choice(usual if dice.random() < 0.6 else files))
        return answer("" if dice.random() < 0.15 else path, kinds)

    def saved(
        _over: QWidget, _title: str, start: str, kinds: str, **_options: object
    ) -> tuple[str, str]:
        end = "." + start.rpartition(".")[2] if dice.random() < 0.6 else dice.choice(_ENDS)
        places = ("", f"file {dice.randrange(3)}{end}", f"no such folder/x{end}", "")
        kind = dice.choices((1, 2, 3), (12, 1, 1))[0]
        return answer(str(pantry.saved / places[kind]) if places[kind] else "", kinds)

    def answer(path: str, kinds: str) -> tuple[str, str]:
        tell(f"(a dialog answers {path or 'nothing'!r})")
        return path, kinds

    QFileDialog.getOpenFileName = staticmethod(opened)  # type: ignore[assignment]
    QFileDialog.getSaveFileName = staticmethod(saved)  # type: ignore[assignment]
    try:
        yield
    finally:
        QFileDialog.getOpenFileName, QFileDialog.getSaveFileName = before  # type: ignore[method-assign]
