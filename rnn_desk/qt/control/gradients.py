"""What of the gradient is shown; it is worked out only while something of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.core.picture import Original
from rnn_desk.core.trace import Target
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.state.settings import Remembered
from rnn_desk.qt.views.answer import AnswerView
from rnn_desk.qt.window.rows_panel import RowsPanel
from rnn_desk.qt.work.presenter import Presenter
from rnn_desk.qt.work.yardsticks import Yardsticks


class GradientChoice(Control):
    """The view of the gradient, the overlay of the picture, and the class that both are of."""

    def __init__(
        self,
        presenter: Presenter,
        yardsticks: Yardsticks,
        cells: tuple[Path, ...],
        rows: RowsPanel,
        answers: Iterable[AnswerView],
        remembered: Remembered,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        """cells: the files of the models that are laid over one another."""
        super().__init__(parent)
        self.shown = False
        self.laid_over = False
        self.overlay = "none"
        self.target: Target = "answer"
        self._presenter = presenter
        self._yardsticks = yardsticks
        self.cells = cells
        self._rows = rows
        self._answers = tuple(answers)
        self._remembered = remembered
        self._actions = actions
        yardsticks.refused.connect(self.refused)
        rows.target_chosen.connect(self.set_target)
        rows.cells_wanted.connect(self.show_cells)
        rows.seen.overlay_chosen.connect(self.show_overlay)
        for answer in self._answers:
            answer.class_chosen.connect(self._ask_of)
        self.show_view(remembered.now.gradient == "shown")
        self.show_overlay(remembered.now.overlay)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "gradient": lambda: self.show_view(not self.shown),
            "gradient_cells": lambda: self.show_cells(not self.laid_over),
            "saliency": lambda: self.show_overlay("saliency" if self.overlay == "none" else "none"),
        }

    def remember(self) -> None:
        """Remember what is shown."""
        gradient = "shown" if self.shown else "hidden"
        self._remembered.change(gradient=gradient, overlay=self.overlay)

    def show_view(self, shown: bool) -> None:
        """Show the gradient beside the layers, or do not."""
        self.shown = shown
        self._actions["gradient"].setChecked(shown)
        self._rows.show_gradient(shown)
        if not shown and self.laid_over:
            self.show_cells(False)
        self._ask()

    def show_cells(self, shown: bool) -> None:
        """Lay the gradients of the kinds of cells over one another, or do not."""
        self.laid_over = shown
        self._actions["gradient_cells"].setChecked(shown)
        self._rows.lay_over(shown)
        self._yardsticks.want(self.cells if shown else ())
        if shown:
            self.show_view(True)

    def show_overlay(self, name: str) -> None:
        """Lay "saliency" over the picture, or "none"; any other word is "none"."""
        self.overlay = name if name == "saliency" else "none"
        self._actions["saliency"].setChecked(self.overlay == "saliency")
        self._rows.show_overlay(self.overlay)
        self._ask()

    def set_target(self, target: Target) -> None:
        """Of this class the gradient is to be."""
        self.target = target
        self._rows.set_target(target)
        for answer in self._answers:
            answer.set_target(target)
        self._ask()

    def follow(self, drawing: Original) -> None:
        """On an empty sheet a question is begun anew: the gradient is of the answer again."""
        if drawing.is_empty and self.target != "answer":
            self.set_target("answer")

    def _ask_of(self, index: int) -> None:
        """What speaks for this class, and against it; once more asked of, of the answer again."""
        if index == self.target:
            self.set_target("answer")
            return
        if not self.shown and self.overlay == "none":
            self.show_overlay("saliency")
        self.set_target(index)

    def _ask(self) -> None:
        wanted = self.shown or self.overlay != "none"
        self._presenter.want_gradients(self.target if wanted else None)
