"""The sheet of the drawings that were collected: the wall, and how the model reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.actions import collect
from rnn_desk.core.arrays import NDArray
from rnn_desk.core.drawing import Drawing
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import Label, PushButton, ToolButton, add_action, set_title
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.confusion import ConfusionView
from rnn_desk.qt.views.digit_wall import DigitWall, Group, Tile
from rnn_desk.qt.work.class_answers import ClassAnswers


class WallSheet(QDialog):
    """Stands open beside the window, and shows each drawing as it is kept."""

    opened = Signal(object)
    """The Drawing that is to lie on the desk."""

    def __init__(
        self,
        store: QtStore,
        answers: ClassAnswers,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store = store
        self._answers = answers
        self._cell: tuple[str, str] | None = None
        self.wall = DigitWall()
        self.wall.opened.connect(self.opened)
        self.wall.labelled.connect(self._label_by_key)
        self.wall.removed.connect(self._remove)
        self.wall.chosen_changed.connect(self._show_chosen)
        self.matrix: ConfusionView | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.wall)
        self.shown = Label()
        self.all = PushButton("")
        self.all.clicked.connect(partial(self.open_cell, None))
        self.how_well = Label()
        self.how_well.setObjectName("name")
        self.how_well.setWordWrap(True)
        self.about = Label()
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.relabel = ToolButton()
        self.relabel.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.relabel.setMenu(QMenu(self.relabel))
        self.remove = PushButton("")
        self.remove.clicked.connect(lambda *_: self._remove())
        self._right = QVBoxLayout()
        self._right.setSpacing(8)
        self._right.addWidget(self.how_well)
        self._right.addWidget(self.about)
        self._right.addStretch(1)
        self._lay_out(actions)
        store.collecting_changed.connect(self._show)
        answers.read.connect(self._show)
        self.set_words()
        self.resize(980, 620)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.set_words()
        super().changeEvent(event)

    def set_words(self) -> None:
        """Set every word that it holds."""
        set_title(self, tr("Drawings collected"))
        self.wall.setAccessibleName(tr("Drawings collected"))
        self._area.setAccessibleName(tr("Drawings collected"))
        self.all.setText(tr("Show all"))
        self.relabel.setText(tr("It was meant to be…") + "  ▾")
        self.remove.setText(tr("Delete"))
        self.about.setText(
            tr(
                "Rows: the digit meant. Columns: the digit read. Click a number to see its "
                "drawings."
            )
        )
        self._show()

    def open_cell(self, cell: tuple[str, str] | None, *_checked: bool) -> None:
        """Show the drawings meant to be the first of these, and read as the second; None is all."""
        self._cell = cell
        self._show()

    def _lay_out(self, actions: Mapping[str, QAction]) -> None:
        top = QHBoxLayout()
        top.addWidget(self.shown, 1)
        top.addWidget(self.all)
        bottom = QHBoxLayout()
        bottom.addWidget(self.relabel)
        bottom.addWidget(self.remove)
        for name in ("collect_undo", "collect_files", "collect_folder"):
            if name == "collect_files":
                bottom.addStretch(1)
            button = ToolButton()
            button.setDefaultAction(actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bottom.addWidget(button)
        left = QVBoxLayout()
        left.addLayout(top)
        left.addWidget(self._area, 1)
        left.addLayout(bottom)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(20)
        layout.addLayout(left, 1)
        layout.addLayout(self._right)

    def _show(self) -> None:
        now = self._store.state.collecting
        self._answers.want(now.drawings)
        names = self._names(now.drawings)
        drawings = [each for each in now.drawings if self._is_of_cell(each)]
        by_label: defaultdict[str, list[Tile]] = defaultdict(list)
        for each in drawings:
            by_label["" if each.label is None else str(each.label)].append(self._tile(each))
        labels = names if self._cell is None else (self._cell[0],)
        groups = [Group(name, tuple(by_label.pop(name, ()))) for name in labels]
        groups += [Group(name, tuple(tiles)) for name, tiles in sorted(by_label.items())]
        self.wall.show_groups([group for group in groups if group.tiles])
        self._show_counts(drawings)
        self._show_matrix(names, now.drawings)
        self._fill_menu(names)
        self._show_chosen()

    def _names(self, drawings: tuple[Drawing, ...]) -> tuple[str, ...]:
        """The classes that there can be: the model's, of many those alone that are there."""
        classes = self._store.state.collecting.classes
        if len(classes) <= _MOST:
            return classes
        there = {str(each.label) for each in drawings} | {self._read(each) for each in drawings}
        return tuple(name for name in classes if name in there)

    def _show_counts(self, drawings: list[Drawing]) -> None:
        now = self._store.state.collecting
        writers = len({each.writer for each in drawings if each.writer is not None})
        self.all.setVisible(self._cell is not None)
        if self._cell is not None:
            meant, read = self._cell
            words = tr("{count} meant to be {label}, read as {said}",
                       count=len(drawings), label=meant, said=read)  # fmt: skip
        else:
            words = tr(
                "{file}  ·  drawings: {count}  ·  writers: {writers}",
                file=Path(now.file).name,
                count=len(drawings),
                writers=writers,
            )
        self.shown.setText(words)

    def _show_matrix(self, names: tuple[str, ...], drawings: tuple[Drawing, ...]) -> None:
        place = {name: k for k, name in enumerate(names)}
        counts: NDArray[np.int64] = np.zeros((len(names), len(names)), np.int64)
        for each in drawings:
            label, read = str(each.label), self._read(each)
            if label in place and read in place:
                counts[place[label], place[read]] += 1
        if self.matrix is not None:
            self._right.removeWidget(self.matrix)
            self.matrix.deleteLater()
        self.matrix = ConfusionView(names, counts)
        self.matrix.chosen.connect(lambda row, column: self.open_cell((names[row], names[column])))
        self._right.insertWidget(1, self.matrix, 0, Qt.AlignmentFlag.AlignTop)
        total, right = int(counts.sum()), int(np.trace(counts))
        model = self._answers.model
        self.how_well.setText(
            ""
            if model is None
            else tr(
                "{model} reads {right} of {count} as they were meant",
                model=model.card.name,
                right=right,
                count=total,
            )
        )

    def _fill_menu(self, names: tuple[str, ...]) -> None:
        menu = self.relabel.menu()
        if [action.text() for action in menu.actions()] == list(names):
            return
        menu.clear()
        for name in self._store.state.collecting.classes:
            add_action(menu, name).triggered.connect(partial(self._relabel, name))

    def _show_chosen(self) -> None:
        some = bool(self.wall.chosen)
        self.relabel.setEnabled(some)
        self.remove.setEnabled(some)

    def _relabel(self, name: str, *_checked: bool) -> None:
        self._store.do(collect.relabel, self.wall.chosen, name)

    def _label_by_key(self, name: str) -> None:
        if self.wall.chosen and name in self._store.state.collecting.classes:
            self._relabel(name)

    def _remove(self) -> None:
        self._store.do(collect.remove, self.wall.chosen)

    def _is_of_cell(self, drawing: Drawing) -> bool:
        return self._cell is None or (str(drawing.label), self._read(drawing)) == self._cell

    def _tile(self, drawing: Drawing) -> Tile:
        read = self._read(drawing)
        misread = drawing.label is not None and read is not None and read != str(drawing.label)
        return Tile(drawing, (read or "–") if misread else "")

    def _read(self, drawing: Drawing) -> str | None:
        """The class that it is read as; "" where it shows nothing, None as long as it is unread."""
        place, classes = self._answers.of(drawing), self._store.state.collecting.classes
        if place is None or place >= len(classes):
            return None
        return classes[place] if place >= 0 else ""


_MOST = 12
"""Classes that are all shown, whether there are drawings of them or not."""
