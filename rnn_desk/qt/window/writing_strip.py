"""What is asked of the writer: endings or dreams, of which class, how boldly, from which seed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from rnn_desk.app.actions import write
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import Label, ToolButton, set_tip
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.writing.menu import SaveMenu

STEPS = 20
"""Of the temperature's slider, for each 1.0 of it."""

LEAST, MOST = 0.1, 2.0
"""Temperatures that the slider reaches; a document may name others."""

MOST_SEED = 9999
"""Of the box; a document may name a larger one."""

SEED_MARGIN = 9
"""Pixels beside its number, as the style sheet has them."""


class WritingStrip(Worded):
    """Two lines of controls above what is written. They show the state, and send actions."""

    save_wanted = Signal(str)
    """What is to be saved: "sheet", "animation" or "numbers"."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.endings, self.dream = _choice(), _choice()
        self.endings.clicked.connect(lambda *_: store.do(write.dream, False))
        self.dream.clicked.connect(lambda *_: store.do(write.dream, True))
        self.as_words = Label()
        self.classes: list[ToolButton] = []
        self.any = _choice()
        self.any.clicked.connect(lambda *_: store.do(write.as_class, None))
        self.heat_words, self.heat_number = Label(), Label()
        self.heat = QSlider(Qt.Orientation.Horizontal)
        self.heat.setRange(round(LEAST * STEPS), round(MOST * STEPS))
        self.heat.setMinimumWidth(90)
        self.heat.valueChanged.connect(lambda value: store.do(write.temper, value / STEPS))
        self.seed_words = Label()
        self.seed = QLineEdit(str(store.state.writing.seed))
        self.seed.setValidator(QIntValidator(0, MOST_SEED, self))
        self.seed.setMaxLength(len(str(MOST_SEED)))
        self.seed.textEdited.connect(self._seed_typed)
        self.seed.returnPressed.connect(self.seed.clearFocus)  # the keys are the window's again
        self.again = ToolButton()
        self.again.clicked.connect(lambda *_: store.do(write.another_seed))
        self.save = ToolButton()
        self.save.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = SaveMenu(self.save)
        self.menu.chosen.connect(self.save_wanted)
        self.save.setMenu(self.menu)
        for button in (self.again, self.save):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._labels = QHBoxLayout()
        self._labels.setSpacing(2)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(4)
        second.setSpacing(8)
        first.addWidget(self.endings)
        first.addWidget(self.dream)
        first.addSpacing(8)
        first.addStretch(1)
        first.addWidget(self.as_words)
        first.addSpacing(4)
        first.addLayout(self._labels)
        for widget in (self.heat_words, self.heat, self.heat_number):
            second.addWidget(widget)
        second.setStretchFactor(self.heat, 1)
        second.addSpacing(10)
        for each in (self.seed_words, self.seed, self.again):
            second.addWidget(each)
        second.addStretch(1)
        second.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(first)
        layout.addLayout(second)
        self._labels.addWidget(self.any)
        store.writing_changed.connect(self._refresh)
        self._narrow_seed()
        self.set_words()

    def show_classes(self, names: tuple[str, ...]) -> None:
        """These are the classes that the writer knows."""
        for button in self.classes:
            button.setParent(None)
            button.deleteLater()
        self.classes = []
        for number, name in enumerate(names):
            button = _choice()
            button.setText(name)
            button.clicked.connect(partial(self._told, number))
            self._labels.addWidget(button)
            self.classes.append(button)
        self.set_words()

    def set_words(self) -> None:
        self.endings.setText(tr("Endings"))
        set_tip(self.endings, tr("End what is begun on the sheet, nine times"))
        self.dream.setText(tr("Dream"))
        set_tip(self.dream, tr("Write from nothing, class by class"))
        self.as_words.setText(tr("As a"))
        self.any.setText(tr("any"))
        set_tip(self.any, tr("Tell the writer no class"))
        for button in self.classes:
            set_tip(button, tr("Tell the writer: it is to be a {name}", name=button.text()))
        self.heat_words.setText(tr("Temperature"))
        tip = tr("Low: careful, all much alike. 1: as it learnt. High: bold, and soon scribble.")
        set_tip(self.heat, tip)
        self.heat.setAccessibleName(tr("Temperature"))
        self.seed_words.setText(tr("Seed"))
        set_tip(self.seed, tr("The same seed gives the same pictures: a class sees them again"))
        self.seed.setAccessibleName(tr("Seed"))
        self.again.setText(tr("Others"))
        set_tip(self.again, tr("Draw anew, from the next seed"))
        self.save.setText(tr("Save") + "  ▾")
        self.menu.set_words()
        self._refresh()

    def _told(self, number: int, *_checked: bool) -> None:
        self.store.do(write.as_class, number)
        self._refresh()  # a button that was clicked is checked, whatever became of it

    def _seed_typed(self, text: str) -> None:
        self.store.do(write.seed, int(text or 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._narrow_seed()

    def _narrow_seed(self) -> None:
        """As wide as its longest number."""
        wide = self.seed.fontMetrics().horizontalAdvance(f" {MOST_SEED} ")
        self.seed.setFixedWidth(wide + 2 * SEED_MARGIN)

    def _refresh(self) -> None:
        writing = self.store.state.writing
        self.endings.setChecked(not writing.dream)
        self.dream.setChecked(writing.dream)
        self.any.setChecked(writing.label is None)
        for number, button in enumerate(self.classes):
            button.setChecked(writing.label == number)
        with QSignalBlocker(self.heat):
            self.heat.setValue(round(writing.temperature * STEPS))
        if str(writing.seed) != (self.seed.text() or "0"):  # what is being typed stays
            self.seed.setText(str(writing.seed))
        self.heat_number.setText(f"{writing.temperature:.2f}")


def _choice() -> ToolButton:
    button = ToolButton()
    button.setCheckable(True)
    button.setProperty("narrow", True)  # ten classes stand side by side: theme.py
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
