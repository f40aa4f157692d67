"""Opening and saving by the menu: asks for a file, does it, and says what failed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from rnn_desk.core.drawing import CANVAS_SIZE, Drawing, read_drawings, write_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.export import as_csv, save_trace
from rnn_desk.core.files import write_whole
from rnn_desk.qt.images.animation import Recorder
from rnn_desk.qt.images.write import PICTURES, save_picture
from rnn_desk.qt.look.words import tr
from rnn_desk.qt.views.view import View
from rnn_desk.qt.work.background import Background

if TYPE_CHECKING:
    from rnn_desk.qt.desk import Desk


_NUMBERS = "NumPy (*.npz);;CSV (*.csv);;JSON (*.json)"


class FileCommands:
    """The file menu of one desk. A dialog is asked for only by the person; failures go to the
    banner."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._background = Background(desk)
        self._background.refused.connect(desk.refuse)
        self.recorder = Recorder(
            desk.selection,
            lambda: desk.window.reading_picture(),
            lambda: desk.trace,
            lambda: desk.document.pen_is_down,
            self._background,
            desk,
        )

    def stop(self) -> None:
        """Finish what is being written; an animation is given up."""
        self.recorder.cancel()
        self._background.stop()

    def open(self, path: Path) -> None:
        """A file that was dropped: a drawing or a model, by its suffix."""
        if path.suffix.lower() in (".jsonl", ".json", ".gz"):
            self.try_to(lambda: self._show_drawing(path))
        else:
            self._desk.open_model(path)

    def open_model(self, place: int = 0) -> None:
        """Ask for a model and open it, at place 1 beside the one that reads."""
        if path := self._ask_open(tr("Open model"), tr("ONNX models") + " (*.onnx)"):
            self._desk.open_model(path, place)

    def open_drawing(self) -> None:
        """Ask for a drawing and put it on the canvas."""
        kinds = tr("Drawings") + " (*.jsonl *.jsonl.gz)"
        if path := self._ask_open(tr("Open drawing"), kinds):
            self.try_to(lambda: self._show_drawing(path))

    def save_drawing(self) -> None:
        """Ask for a place and save the drawing there."""
        kinds = tr("Drawings") + " (*.jsonl)"
        if path := self._ask_save(tr("Save drawing"), "digit.jsonl", kinds):
            self.try_to(lambda: write_drawings(path, [self._desk.document.finished]))

    def save_trace(self) -> None:
        """Ask for a place and save every number of the reading there."""
        trace = self._desk.trace
        if trace is None:
            self._desk.refuse(Refused("There is no reading to save yet: draw a digit first"))
        elif path := self._ask_save(tr("Save the numbers"), "reading.npz", _NUMBERS):
            self._background.do(lambda: save_trace(trace, path))

    def save_picture(self) -> None:
        """Ask for a place and save the window's picture there."""
        kinds = tr("Pictures") + f" ({PICTURES})"
        if path := self._ask_save(tr("Save picture"), "rnn-desk.png", kinds):
            self.try_to(lambda: save_picture(self._desk.window, path))

    def save_animation(self) -> None:
        """Ask for a place and write the reading there, row by row."""
        if self._desk.trace is None:
            self._desk.refuse(Refused("There is no reading to save yet: draw a digit first"))
            return
        kinds = "GIF (*.gif);;WebP (*.webp)"
        if path := self._ask_save(tr("Save the reading as an animation"), "reading.gif", kinds):
            self.try_to(lambda: self._record(path))

    def save_view(self, view: View) -> None:
        """Ask for a place and save one view there: its picture, or its numbers."""
        kinds = tr("Pictures") + f" ({PICTURES})"
        if view.has_numbers:
            kinds += ";;" + tr("Numbers") + " (*.csv)"
        proposal = "-".join(re.findall(r"\w+", view.accessibleName().lower())) or "view"
        path = self._ask_save(tr("Save this view"), f"{proposal}.png", kinds)
        if path is not None and view.has_numbers and path.suffix.lower() == ".csv":
            table = view.table()
            self._background.do(lambda: write_whole(path, as_csv(table)))
        elif path is not None:
            self.try_to(lambda: save_picture(view, path))

    def for_view(self, act: Callable[[View], None]) -> None:
        """Do this with the view that has the keyboard's focus, or say how to give it to one."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, View):
            widget = widget.parentWidget()
        if widget is not None:
            act(widget)
        else:
            self._desk.refuse(Refused("Choose a view first: click it, or press Tab until it has a "
                                      "frame"))  # fmt: skip

    def _record(self, path: Path) -> None:
        self.recorder.start(path)
        self._desk.window.header.progress.start(path.name)

    def _show_drawing(self, path: Path) -> None:
        drawing = next(iter(read_drawings(path)), None)
        if drawing is None:
            raise Refused("{file} holds no drawing", file=path)
        if not isinstance(drawing, Drawing):
            raise drawing
        self._desk.document.replace(drawing.resized(CANVAS_SIZE))

    def try_to(self, action: Callable[[], None]) -> None:
        """Do this; what is refused is said in the banner."""
        try:
            action()
        except Refused as refusal:
            self._desk.refuse(refusal)

    def _ask_open(self, title: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(
            self._desk.window, title, self._desk.settings.folder, kinds
        )
        return self._remembered(name)

    def _ask_save(self, title: str, proposal: str, kinds: str) -> Path | None:
        start = str(Path(self._desk.settings.folder) / proposal)
        name, _ = QFileDialog.getSaveFileName(self._desk.window, title, start, kinds)
        return self._remembered(name)

    def _remembered(self, name: str) -> Path | None:
        """The chosen file, its folder kept for the next time; None where none was chosen."""
        if not name:
            return None
        path = Path(name)
        self._desk.settings = replace(self._desk.settings, folder=str(path.parent))
        return path
