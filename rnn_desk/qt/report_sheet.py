"""The sheet that says why a model is wrong on drawings; a missed digit opens on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.qt.words import sentence, tr

if TYPE_CHECKING:
    from rnn_desk.engine.report import Report

_ICON = 72


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
        self.setWindowTitle(tr("Why is {name} wrong on drawings?", name=report.model))
        self.missed = QListWidget()
        self.missed.setViewMode(QListView.ViewMode.IconMode)
        self.missed.setIconSize(QSize(_ICON, _ICON))
        self.missed.setGridSize(QSize(_ICON + 34, _ICON + 34))
        self.missed.setResizeMode(QListView.ResizeMode.Adjust)
        self.missed.setMovement(QListView.Movement.Static)
        for miss in report.missed:
            words = tr("{label} as {said}", label=miss.label, said=miss.said)
            item = QListWidgetItem(self._icon(miss.drawing), words)
            item.setData(Qt.ItemDataRole.UserRole, miss.drawing)
            self.missed.addItem(item)
        self.missed.itemClicked.connect(
            lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        export = QPushButton(tr("Save as a page…"))
        export.clicked.connect(lambda *_: self.export_wanted.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        heading = tr("How it reads the {count} reference digits", count=report.count)
        layout.addWidget(QLabel(heading))
        grid = QGridLayout()
        for row, condition in enumerate(report.conditions):
            grid.addWidget(QLabel(sentence(condition.name)), row, 0)
            part = QLabel(f"{condition.part:.1%}")
            grid.addWidget(part, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(2, 1)
        layout.addLayout(grid)
        layout.addWidget(QLabel(tr("Missed: click one to put it on the canvas")))
        layout.addWidget(self.missed, 1)
        layout.addWidget(export, 0, Qt.AlignmentFlag.AlignLeft)
        self.resize(600, 560)

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
