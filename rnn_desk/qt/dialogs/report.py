"""The sheet that says why a model is wrong on drawings; a missed digit opens on the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.input_words import words_of
from rnn_desk.core.alphabet import alphabet_of
from rnn_desk.core.drawing import NOMINAL_WIDTH
from rnn_desk.core.picture import Original, Picture, raster_of
from rnn_desk.protocol.findings import Tried, Way
from rnn_desk.protocol.report import Missed, Report, Right
from rnn_desk.qt.style.plain import Label, PushButton, list_item, set_title
from rnn_desk.qt.style.themed import current_theme
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.confusion import ConfusionView
from rnn_desk.qt.views.heat import heat_image, paint_image
from rnn_desk.qt.views.report import PartBar

_ICON = 72
_FED_SHOWN = 4

_WIDEST_MATRIX, _HIGHEST_MATRIX, _BAR = 420, 330, 4
"""Pixels; a larger matrix is scrolled."""

_MOST_SHOWN = 400
"""Digits of a list; nobody looks through more."""


def others_fed(report: Report) -> tuple[Tried, ...]:
    """The best of the ways of feeding that are not in use, as far as they were tried on all."""
    whole = [tried for tried in report.readings[1:] if tried.count == report.count]
    return tuple(whole[:_FED_SHOWN] or report.readings[1 : _FED_SHOWN + 1])


def _parts(report: Report) -> QGridLayout:
    """Drawn otherwise, and fed otherwise: the part that is right, as a number and a bar."""
    grid = QGridLayout()
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(2, 1)
    rows = [(sentence(c.name), c.part, report.count) for c in report.conditions]
    rows += [(_fed(tried.way), tried.part, tried.count) for tried in others_fed(report)]
    first_fed = len(report.conditions)
    for row, (words, part, count) in enumerate(rows):
        if row == first_fed:
            grid.addWidget(_heading(tr("With other input settings")), row, 0, 1, 3)
        at = row + (row >= first_fed)
        grid.addWidget(Label(words), at, 0)
        score = f"{part:.1%}"
        if count != report.count:
            score = tr("{part:.1%} of {count}", part=part, count=count)
        grid.addWidget(Label(score), at, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(PartBar(part), at, 2)
    grid.setRowStretch(len(rows) + 1, 1)
    return grid


def _heading(words: str) -> Label:
    label = Label(words)
    label.setObjectName("name")
    return label


def _fed(way: Way) -> str:
    """A way to feed a model, in short."""
    words = words_of(way.input, tr)
    told = [words["value_range"], words["polarity"]]
    if way.input.turn != "upright":
        told.append(words["turn"])
    if way.input.reading == "columns":
        told.append(words["reading"])
    if way.input.margin != "mnist":
        told.append(words["margin"])
    return ", ".join(told)


class ReportSheet(QDialog):
    """One report. Whoever clicks a digit is answered by `opened`, and a cell of the matrix by its
    digits in the list."""

    opened = Signal(object)
    """The Drawing, or the Picture, that was clicked."""
    export_wanted = Signal()
    """The report is to be written as a page."""
    source_wanted = Signal(str)
    """Other drawings are to be read: "reference", "collected" or "file"."""

    def __init__(self, report: Report, collected: int = 0, parent: QWidget | None = None) -> None:
        """collected: how many drawings with labels have been collected in the window."""
        super().__init__(parent)
        self.report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, tr("Why is {name} wrong on drawings?", name=report.model))
        self.matrix = ConfusionView(report.labels, report.confusion)
        self.matrix.chosen.connect(self._show_cell)
        self.shown = _heading("")
        self.all = PushButton(tr("All that it missed"))
        self.all.clicked.connect(lambda *_: self._show_missed())
        self.missed = QListWidget()
        self.missed.setViewMode(QListView.ViewMode.IconMode)
        self.missed.setIconSize(QSize(_ICON, _ICON))
        self.missed.setGridSize(QSize(_ICON + 34, _ICON + 34))
        self.missed.setResizeMode(QListView.ResizeMode.Adjust)
        self.missed.setMovement(QListView.Movement.Static)
        self.missed.itemClicked.connect(
            lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        export = PushButton(tr("Save as a page…"))
        export.clicked.connect(lambda *_: self.export_wanted.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(_heading(_about(report)))
        layout.addLayout(self._sources(collected))
        halves = QHBoxLayout()
        halves.setSpacing(28)
        halves.addLayout(_parts(report), 1)
        halves.addLayout(self._confusions())
        layout.addLayout(halves)
        title = QHBoxLayout()
        title.addWidget(self.shown)
        title.addWidget(self.all)
        title.addStretch(1)
        layout.addLayout(title)
        layout.addWidget(self.missed, 1)
        layout.addStretch(0)
        layout.addWidget(export, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_missed()
        self.resize(800, 700)

    def _sources(self, collected: int) -> QHBoxLayout:
        """Which drawings could be read in place of these."""
        row = QHBoxLayout()
        row.addWidget(Label(tr("Read others:")))
        offers = [("file", tr("drawings of a file, or MNIST's…"))]
        if collected:
            offers.insert(0, ("collected", tr("the {count} collected here", count=collected)))
        if self.report.of:
            offers.insert(0, ("reference", tr("the reference drawings")))
        for name, words in offers:
            button = PushButton(words)
            button.clicked.connect(lambda *_, name=name: self.source_wanted.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _confusions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        about = Label(tr("Rows: the digit drawn. Columns: the digit read."))
        about.setObjectName("muted")
        about.setWordWrap(True)
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidget(self.matrix)
        wanted = self.matrix.sizeHint() + QSize(_BAR, _BAR)
        room.setMinimumSize(wanted.boundedTo(QSize(_WIDEST_MATRIX, _HIGHEST_MATRIX)))
        column.addWidget(room)
        column.addWidget(about)
        column.addStretch(1)
        return column

    def _show_missed(self) -> None:
        """All that were missed, the surest first."""
        report = self.report
        count = len(report.missed)
        words = tr("Missed, {count}: click one to put it on the canvas", count=count)
        self.shown.setText(words if count else tr("Missed: none"))
        self.all.hide()
        self._fill(report.missed)

    def _show_cell(self, row: int, column: int) -> None:
        """The digits that a cell counts."""
        digits = self.report.in_cell(row, column)
        labels = self.report.labels
        told = tr("{label}, read as {said}: {count}", label=labels[row], said=labels[column],
                  count=len(digits))  # fmt: skip
        self.shown.setText(told)
        self.all.show()
        self._fill(digits)

    def _fill(self, digits: Sequence[Missed | Right]) -> None:
        self.missed.clear()
        for each in digits[:_MOST_SHOWN]:
            item = list_item(tr("{label} as {said}", label=each.label, said=each.said))
            item.setIcon(self._icon(each.drawing))
            item.setData(Qt.ItemDataRole.UserRole, each.drawing)
            self.missed.addItem(item)
        self.missed.setVisible(bool(digits))

    def _icon(self, drawing: Original) -> QIcon:
        """The drawing in the colour of text; a picture as it is seen."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(_ICON, _ICON) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(drawing, Picture):
            image = heat_image(raster_of(drawing).pixels, current_theme().picture, 1.0)
            paint_image(painter, QRect(0, 0, _ICON, _ICON), image)
            painter.end()
            return QIcon(pixmap)
        painter.scale(_ICON / drawing.size, _ICON / drawing.size)
        for stroke in drawing.strokes:
            pen = QPen(self.palette().text().color(), stroke.width or NOMINAL_WIDTH * drawing.size)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stroke.points.tolist()]))
        painter.end()
        return QIcon(pixmap)


def _about(report: Report) -> str:
    """How well, on what."""
    part = report.conditions[0].part
    if report.of:
        return tr(
            "{file}: {part:.1%} of {count} are read right",
            file=report.of,
            part=part,
            count=report.count,
        )
    if alphabet_of(report.labels) == "letters":
        return tr("Accuracy on the {count} reference letters", count=report.count)
    return tr("Accuracy on the {count} reference digits", count=report.count)
