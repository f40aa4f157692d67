"""The list of a model's tensors that can be shown beside the rows; what is ticked is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.protocol.model import Watchable
from rnn_desk.qt.dialogs.table import table_of
from rnn_desk.qt.style.plain import Label, set_tip, set_title, table_item
from rnn_desk.qt.style.words import tr


class TensorSheet(QDialog):
    """One model's tensors; each tick is told at once."""

    chosen = Signal(object)
    """A tuple of Watchable: all that are to be shown, in the order of the list."""

    def __init__(
        self,
        name: str,
        tensors: Sequence[Watchable],
        shown: Sequence[Watchable],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, tr("Tensors of {name}", name=name))
        self._tensors = tuple(tensors)
        self._ticks: list[QTableWidgetItem] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find by name or operator"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        names = {each.name for each in shown}
        self.table = self._table(names)
        self.table.itemChanged.connect(self._ticked)
        words = Label(
            tr(
                "What is ticked stands beside the layers. Listed is what runs along the rows of "
                "the picture, as it was found by changing one row after the other."
            )
            if tensors
            else tr("No other tensor runs along the rows of the picture.")
        )
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(words)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        self.search.setVisible(bool(tensors))
        self.table.setVisible(bool(tensors))
        self.resize(560, 460 if tensors else self.sizeHint().height())

    @property
    def ticked(self) -> tuple[Watchable, ...]:
        """Those that are to be shown."""
        return tuple(
            tensor
            for tensor, tick in zip(self._tensors, self._ticks, strict=True)
            if tick.checkState() == Qt.CheckState.Checked
        )

    def show_ticked(self, shown: Sequence[Watchable]) -> None:
        """These are shown now."""
        names = {each.name for each in shown}
        self.table.blockSignals(True)
        for tensor, tick in zip(self._tensors, self._ticks, strict=True):
            tick.setCheckState(_state(tensor.name in names))
        self.table.blockSignals(False)

    def _table(self, shown: set[str]) -> QTableWidget:
        heads = [tr("Tensor"), tr("Operator"), tr("Shape")]
        for tensor in self._tensors:
            tick = table_item(tensor.label)
            tick.setFlags(tick.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            tick.setCheckState(_state(tensor.name in shown))
            set_tip(tick, tensor.label)
            self._ticks.append(tick)
        others = [(table_item(t.op), table_item(lies(t))) for t in self._tensors]
        lines = [(tick, *other) for tick, other in zip(self._ticks, others, strict=True)]
        table = table_of(heads, lines)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _ticked(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.chosen.emit(self.ticked)

    def _filter(self, text: str) -> None:
        for row, tensor in enumerate(self._tensors):
            fits = text.lower() in f"{tensor.label} {tensor.op}".lower()
            self.table.setRowHidden(row, not fits)


def lies(tensor: Watchable) -> str:
    """How a tensor lies on the rows, in words."""
    if tensor.kind == "maps":
        count, height, width = tensor.shape
        if count == 1:
            return tr("1 map of {size}", size=f"{height} × {width}")
        return tr("{count} maps of {size}", count=count, size=f"{height} × {width}")
    if tensor.weights:
        return tr("weights over the rows")
    return tr("{rows} rows of {count}", rows=tensor.shape[0], count=tensor.shape[1])


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
