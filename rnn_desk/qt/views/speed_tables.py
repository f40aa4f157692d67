"""The runs of each device by batch, and the stages of one reading, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rnn_desk.protocol.devices import DeviceFigures
from rnn_desk.qt.style.plain import Label
from rnn_desk.qt.style.words import tr

_COLUMNS = 5
_GAP = 8
"""Pixels between two columns, and above the words between two tables."""


class Tables(QWidget):
    """A table for each device, below its name; built anew for other figures, or other words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QWidget()
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.addWidget(self._content)

    def show_figures(self, figures: Iterable[DeviceFigures]) -> None:
        """Show these figures, or none: then there is no table."""
        content = _content(figures)
        self._around.replaceWidget(self._content, content)
        self._content.setParent(None)
        self._content.deleteLater()
        self._content = content


def _content(measured: Iterable[DeviceFigures]) -> QWidget:
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(_GAP)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(_COLUMNS, 1)
    for figures in measured:
        device, load = tr(figures.device.label), _ms(figures.load_ms)
        title = tr("{device}, loaded in {load} ms", device=device, load=load)
        _put_across(grid, title, "name")
        for style, cells in _rows(figures):
            _put(grid, cells, style)
    if grid.count():
        _put_across(grid, tr("All times in milliseconds"), "muted")
    return content


def _rows(figures: DeviceFigures) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each row's style and its cells: words, then numbers."""
    yield "muted", (tr("digits at once"), tr("first run"), "p50", "p99", tr("digits a second"))
    for each in figures.batches:
        times = _ms(each.first_ms), _ms(each.spread.p50), _ms(each.spread.p99)
        yield "", (f"{each.batch:,}", *times, f"{each.digits_per_second:,.0f}")
    yield "muted", (tr("stages of one reading"), "", "p50", "p99")
    words = {"raster": tr("raster"), "run": tr("run"), "replay": tr("replay of the gates")}
    for stage, spread in figures.stages.items():
        yield "", (words[stage], "", _ms(spread.p50), _ms(spread.p99))


def _put(grid: QGridLayout, cells: Iterable[str], style: str) -> None:
    """Put a row of cells below those that are there."""
    row = grid.rowCount()
    for column, words in enumerate(cells):
        label = Label(words)
        label.setObjectName(style)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        grid.addWidget(label, row, column, side)


def _put_across(grid: QGridLayout, words: str, style: str) -> None:
    """Put words over the whole width below what is there."""
    label = Label(words)
    label.setObjectName(style)
    label.setContentsMargins(0, _GAP, 0, 0)
    grid.addWidget(label, grid.rowCount(), 0, 1, _COLUMNS)


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:,.2f}" if milliseconds < 100 else f"{milliseconds:,.0f}"
