"""The sheet that says why a model is wrong on drawings; a missed digit opens on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.input_words import words_of
from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.protocol.findings import Tried, Way
from rnn_desk.protocol.report import Report
from rnn_desk.qt.style.plain import Label, PushButton, list_item, set_title
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.report import ConfusionView, PartBar

_ICON = 72
_FED_SHOWN = 4


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


def _confusions(report: Report) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    about = Label(tr("Rows: the digit drawn. Columns: the digit read."))
    about.setObjectName("muted")
    about.setWordWrap(True)
    column.addWidget(ConfusionView(report.labels, report.confusion))
    column.addWidget(about)
    column.addStretch(1)
    return column


def _fed(way: Way) -> str:
    """A way to feed a model, in short."""
    words = words_of(way.input, tr)
    told = [words["value_range"], words["polarity"]]
    if way.input.turn != "upright":
        told.append(words["turn"])
    if way.input.reading == "columns":
        told.append(words["reading"])
    if way.input.margin == "none":
        told.append(words["margin"])
    return ", ".join(told)


class ReportSheet(QDialog):
    """One report. Whoever clicks a missed digit is answered by `opened`."""

    opened = Signal(object)
    """The Drawing that was clicked."""
    export_wanted = Signal()
    """The report is to be written as a page."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, tr("Why is {name} wrong on drawings?", name=report.model))
        self.missed = QListWidget()
        self.missed.setViewMode(QListView.ViewMode.IconMode)
        self.missed.setIconSize(QSize(_ICON, _ICON))
        self.missed.setGridSize(QSize(_ICON + 34, _ICON + 34))
        self.missed.setResizeMode(QListView.ResizeMode.Adjust)
        self.missed.setMovement(QListView.Movement.Static)
        for miss in report.missed:
            words = tr("{label} as {said}", label=miss.label, said=miss.said)
            item = list_item(words)
            item.setIcon(self._icon(miss.drawing))
            item.setData(Qt.ItemDataRole.UserRole, miss.drawing)
            self.missed.addItem(item)
        self.missed.itemClicked.connect(
            lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        export = PushButton(tr("Save as a page…"))
        export.clicked.connect(lambda *_: self.export_wanted.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        heading = tr("Accuracy on the {count} reference digits", count=report.count)
        layout.addWidget(_heading(heading))
        halves = QHBoxLayout()
        halves.setSpacing(28)
        halves.addLayout(_parts(report), 1)
        halves.addLayout(_confusions(report))
        layout.addLayout(halves)
        words = tr("Missed, {count}: click one to put it on the canvas", count=len(report.missed))
        layout.addWidget(_heading(words if report.missed else tr("Missed: none")))
        layout.addWidget(self.missed, 1)
        layout.addWidget(export, 0, Qt.AlignmentFlag.AlignLeft)
        self.resize(760, 680)

    def _icon(self, drawing: Drawing) -> QIcon:
        """The drawing in the colour of text."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(_ICON, _ICON) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(_ICON / drawing.size, _ICON / drawing.size)
        for stroke in drawing.strokes:
            pen = QPen(self.palette().text().color(), stroke.width or NOMINAL_WIDTH * drawing.size)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stroke.points.tolist()]))
        painter.end()
        return QIcon(pixmap)
