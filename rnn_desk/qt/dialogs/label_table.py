"""What a model's outputs are called, one by one, or all at once in a data set's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.core.alphabet import LABEL_ORDERS
from rnn_desk.core.plain import one_line
from rnn_desk.qt.dialogs.table import table_of
from rnn_desk.qt.style.plain import Label, table_item
from rnn_desk.qt.style.words import tr

_LONGEST = 40
"""Characters of a name that are kept."""


def order_names() -> dict[str, str]:
    """The orders that can be chosen, with their words."""
    return {
        "digits": tr("digits 0 to 9"),
        "one_to_nine_zero": tr("digits 1 to 9, then 0"),
        "letters": tr("letters A to Z"),
        "emnist_letters": tr("EMNIST letters: one unused, then A to Z"),
        "digits_and_capitals": tr("digits, then A to Z"),
        "emnist_balanced": tr("EMNIST balanced"),
        "both_cases": tr("A to Z, then a to z"),
        "emnist_by_class": tr("EMNIST by class"),
        "fashion_mnist": tr("Fashion-MNIST"),
        "kmnist": tr("KMNIST"),
    }


class LabelTable(QWidget):
    """A line for each output; its name can be written over."""

    changed = Signal()
    """Other names than before are said."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = tuple(names)
        self.orders = QComboBox()
        self.orders.addItem(tr("as found in the file"), None)
        for name, words in order_names().items():
            if len(LABEL_ORDERS[name]) == len(names):
                self.orders.addItem(words, name)
        self.orders.addItem(tr("as written below"), "")
        self.orders.activated.connect(self._take_order)
        lines = [[table_item(str(place)), table_item(name)] for place, name in enumerate(names)]
        self.table = table_of([tr("Output"), tr("Label")], lines)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self._cells = [name for _, name in lines]
        for number, _ in lines:
            number.setFlags(number.flags() & ~Qt.ItemFlag.ItemIsEditable)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._written)
        label = Label(tr("Labels"))
        label.setBuddy(self.orders)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.orders)
        layout.addWidget(self.table, 1)

    @property
    def names(self) -> tuple[str, ...]:
        """What is said: a name for each output."""
        return tuple(one_line(cell.text(), _LONGEST) or "?" for cell in self._cells)

    def say(self, names: Sequence[str]) -> None:
        """Have these names stand there."""
        self._quietly(lambda: self._fill(names))
        self._mark()

    def _fill(self, names: Sequence[str]) -> None:
        for cell, name in zip(self._cells, names, strict=False):
            cell.setText(name)

    def _quietly(self, act: Callable[[], None]) -> None:
        before = self.table.blockSignals(True)
        try:
            act()
        finally:
            self.table.blockSignals(before)

    def _take_order(self, _: int) -> None:
        order = self.orders.currentData()
        if order == "":
            return  # they are written
        self.say(self._found if order is None else LABEL_ORDERS[order])
        self.changed.emit()

    def _written(self, _: object) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """The order that the names are in stands in the choice."""
        names = self.names
        known = [self.orders.itemData(place) for place in range(self.orders.count())]
        orders = [self._found if name is None else LABEL_ORDERS.get(name) for name in known]
        place = next((k for k, order in enumerate(orders) if order == names), len(known) - 1)
        self.orders.setCurrentIndex(place)
