"""Opening and saving by the menu: asks for a file, does it, and says what failed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from rnn_desk.app.actions import draw
from rnn_desk.app.documents.collection import holds_drawings
from rnn_desk.app.documents.to_open import ToOpen, to_open
from rnn_desk.app.documents.unsaved import Unsaved
from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.export import as_csv, save_trace
from rnn_desk.core.files import write_whole
from rnn_desk.core.picture import Original, Picture
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.images.animation import Recorder
from rnn_desk.qt.images.formats import PICTURES
from rnn_desk.qt.images.offered import files_in, offered
from rnn_desk.qt.images.opened import Opened, from_file, from_image
from rnn_desk.qt.images.write import grey_file, picture_file
from rnn_desk.qt.style.figure import Figure, as_it_stands
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.view import View
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.presenter import Presenter

_ORIGINALS = (
    "*.jsonl *.jsonl.gz *.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff *.avif *.heic *.heif"
)
_NUMBERS = "NumPy (*.npz);;CSV (*.csv);;JSON (*.json)"


class FileCommands(Control):
    """The file menu. A dialog is asked for only by the person; files are read and written off the
    window's thread."""

    model_chosen = Signal(object, int)
    """The Path of a model that is to be opened, and where it is to read: 0, or 1 beside that."""
    kept = Signal()
    """What lies on the canvas is in a file now."""
    models_chosen = Signal(object)
    """The Paths of models that are to be opened, the second beside the first."""
    lesson_chosen = Signal(object)
    """The Path of a lesson that is to be given."""
    collected = Signal(object)
    """The Paths of files and folders of drawings that are to be taken in."""
    desk_chosen = Signal(object)
    """The Path of a saved desk that is to be opened."""

    def __init__(
        self,
        store: QtStore,
        presenter: Presenter,
        window: Window,
        files: UserFiles,
        background: Background,
        unsaved: Unsaved,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._presenter = presenter
        self._window = window
        self._files = files
        self._background = background
        self._unsaved = unsaved
        self.recorder = Recorder(
            store,
            window.reading_picture,
            lambda: presenter.trace,
            lambda: store.state.canvas.pen_is_down,
            background,
            self,
        )
        progress = window.header.progress
        self.recorder.progressed.connect(progress.show_steps)
        self.recorder.ended.connect(progress.hide)
        self.recorder.written.connect(files.say_saved)
        progress.cancelled.connect(self.recorder.cancel)
        window.dropped.connect(self._open_dropped)
        window.save_wanted.connect(self.save_view)
        window.header.compared.connect(self.open_model)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "open_model": self.open_model,
            "open_drawing": self.open_drawing,
            "save_drawing": self.save_drawing,
            "save_trace": self.save_trace,
            "save_picture": self.save_picture,
            "save_animation": self.save_animation,
            "save_view": lambda: self._for_view(self.save_view),
            "paste": self.paste,
            "copy_picture": lambda: self._for_view(View.copy_picture),
            "copy_numbers": lambda: self._for_view(self._copy_numbers),
        }

    def stop(self) -> None:
        """An animation that is being written is given up."""
        self.recorder.cancel()

    def open(self, source: Path | QImage | Refused) -> None:
        """What was dropped or pasted: a drawing or a picture, as its content says, a model, a saved
        desk, or a lesson."""
        if isinstance(source, Refused):
            self.refused.emit(source)
        elif isinstance(source, QImage):
            self._background.do(lambda: from_image(source), self._lay_down)
        else:
            self.open_all((source,))

    def open_all(self, files: Sequence[Path]) -> None:
        """Several files at once, and say which of them have no place beside the others; where
        drawings are collected, those of files and folders are taken in."""
        if self._store.state.collecting.on and all(map(holds_drawings, files)):
            self.collected.emit(files)
            return
        self._background.do(lambda: to_open(files), self.open_sorted)

    def open_sorted(self, found: ToOpen) -> None:
        """Files of which it is known what they are."""
        if found.desk is not None:
            self.desk_chosen.emit(found.desk)
        if found.lesson is not None:
            self.lesson_chosen.emit(found.lesson)
        if found.models:
            self.models_chosen.emit(found.models)
        if found.original is not None:
            self._open_original(found.original)
        if found.left:
            names = ", ".join(path.name for path in found.left)
            self._window.header.passing.say(tr("Not opened as well: {names}", names=names))

    def paste(self) -> None:
        """Put the clipboard's picture or file on the canvas."""
        self._open_offered(
            QGuiApplication.clipboard().mimeData(),
            Refused("There is no picture and no file on the clipboard: copy one first"),
        )

    def _open_dropped(self, data: QMimeData) -> None:
        self._open_offered(
            data,
            Refused("What was dropped is no picture and no file of this computer: save it first"),
        )

    def _open_offered(self, data: QMimeData | None, nothing: Refused) -> None:
        """Open what another program offers, or refuse with `nothing`."""
        if files := files_in(data):
            self.open_all(files)
        else:
            self.open(offered(data) or nothing)

    def open_model(self, place: int = 0) -> None:
        """Ask for a model and open it, at place 1 beside the one that reads."""
        if path := self._files.ask_open(tr("Open model"), tr("ONNX models") + " (*.onnx)"):
            self.model_chosen.emit(path, place)

    def open_drawing(self) -> None:
        """Ask for a drawing or a picture and put it on the canvas."""
        kinds = f"{tr('Drawings and pictures')} ({_ORIGINALS});;{tr('All files')} (*)"
        if path := self._files.ask_open(tr("Open drawing or picture"), kinds):
            self._open_original(path)

    def save_drawing(self, then: Callable[[], object] = lambda: None) -> None:
        """Ask for a place and save what is on the canvas there, a picture as one; then do this."""
        original = self._store.state.canvas.finished
        if isinstance(original, Picture):
            title, name, kinds = tr("Save picture"), "digit.png", tr("Pictures") + " (*.png)"
        else:
            title, name, kinds = tr("Save drawing"), "digit.jsonl", tr("Drawings") + " (*.jsonl)"
        if path := self._files.ask_save(title, name, kinds):
            self._files.write(
                path,
                partial(_write_original, path, original),
                lambda: self._is_written(path, original, then),
            )

    def save_trace(self) -> None:
        """Ask for a place and save every number of the reading there."""
        trace = self._presenter.trace
        if trace is None:
            self.refused.emit(Refused("There is no reading to save yet: draw a digit first"))
        elif path := self._files.ask_save(tr("Save the numbers"), "reading.npz", _NUMBERS):
            self._files.write(path, lambda: save_trace(trace, path))

    def save_picture(self) -> None:
        """Ask for a place and save the window's picture there."""
        kinds = tr("Pictures") + f" ({_patterns(PICTURES)})"
        if path := self._files.ask_save(tr("Save picture"), "rnn-desk.png", kinds):
            self._write_picture(as_it_stands(self._window), path)

    def save_animation(self) -> None:
        """Ask for a place and write the reading there, row by row."""
        if self._presenter.trace is None:
            self.refused.emit(Refused("There is no reading to save yet: draw a digit first"))
            return
        kinds = "GIF (*.gif);;WebP (*.webp)"
        if path := self._files.ask_save(
            tr("Save the reading as an animation"), "reading.gif", kinds
        ):
            self.try_to(lambda: self._record(path))

    def save_view(self, view: View) -> None:
        """Ask for a place and save one view there: its picture, or its numbers."""
        kinds = tr("Pictures") + f" ({_patterns(PICTURES)})"
        if view.has_numbers:
            kinds += ";;" + tr("Numbers") + " (*.csv)"
        proposal = f"{self._proposal(view)}.png"
        path = self._files.ask_save(tr("Save this view"), proposal, kinds)
        if path is not None and view.has_numbers and path.suffix.lower() == ".csv":
            table = view.table()
            self._files.write(path, lambda: write_whole(path, as_csv(table)))
        elif path is not None:
            self._write_picture(view.figure(), path)

    def _for_view(self, act: Callable[[View], None]) -> None:
        """Do this with the view that has the keyboard's focus, or say how to give it to one."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, View):
            widget = widget.parentWidget()
        if widget is not None:
            act(widget)
        else:
            self.refused.emit(Refused("Choose a view first: click it, or press Tab until it has a "
                                      "frame"))  # fmt: skip

    def _copy_numbers(self, view: View) -> None:
        if view.has_numbers:
            view.copy_numbers()
        else:
            self.refused.emit(Refused("This view shows no numbers that could be copied yet"))

    def _record(self, path: Path) -> None:
        before = self.recorder.under_way
        self.recorder.start(path)
        if before is not None:
            self.refused.emit(
                Refused("{file} is not written: another animation was asked for", file=before.name)
            )
        self._window.header.progress.start(path.name)

    def _write_picture(self, figure: Figure, path: Path) -> None:
        """Widgets paint on the window's thread only; the file is written off it."""

        def write() -> None:
            picture = picture_file(figure, path)
            self._files.write(path, lambda: write_whole(path, picture))

        self.try_to(write)

    def _is_written(self, path: Path, original: Original, then: Callable[[], object]) -> None:
        self._unsaved.is_in(path, original)
        self.kept.emit()
        then()

    def _open_original(self, path: Path) -> None:
        self._background.do(lambda: from_file(path), lambda opened: self._lay_down(opened, path))

    def _lay_down(self, opened: Opened, path: Path | None = None) -> None:
        self._window.banner.hide()  # what was wrong with another one
        if path is not None:
            self._unsaved.is_in(path, opened.original)
        self._store.do(draw.lay, opened.original)
        if opened.remark is not None:
            self.refused.emit(opened.remark)

    def _proposal(self, view: View) -> str:
        """A name for a file of the view: of which model it is, and what it shows."""
        words = (Path(view.model_file()).stem, *re.findall(r"\w+", view.accessibleName()))
        return "-".join(filter(None, words)) or "view"


def _patterns(suffixes: Iterable[str]) -> str:
    """These kinds, as a file dialog names them."""
    return " ".join(f"*{suffix}" for suffix in suffixes)


def _write_original(path: Path, original: Original) -> None:
    if isinstance(original, Picture):
        write_whole(path, grey_file(original.grey, path))
    else:
        write_drawings(path, [original])
