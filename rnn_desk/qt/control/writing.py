"""The desk while the writer is asked: what is wanted of it follows from the state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from rnn_desk.app.actions import write
from rnn_desk.app.state import AppState
from rnn_desk.app.written import Counted, Written, as_npz
from rnn_desk.core.arrays import Array
from rnn_desk.core.files import write_whole
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import WriterModel
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.images.animation import write_frames
from rnn_desk.qt.images.write import picture_file
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.window.writing_panel import WritingPanel
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.one_by_one import OneByOne
from rnn_desk.qt.work.presenter import Presenter, Shown
from rnn_desk.qt.work.writing import WriterWork


class WritingControl(Control):
    """Asks the writer, and hands on what it wrote."""

    def __init__(
        self,
        store: QtStore,
        work: WriterWork,
        presenter: Presenter,
        window: Window,
        files: UserFiles,
        engine: Engine,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._store = store
        self._work = work
        self._window = window
        self._panel = WritingPanel(store, window)
        self._paints = OneByOne(engine, self)
        self._panel.hide()
        self._panel.save_wanted.connect(window.save_wanted)
        self._panel.copied.connect(window.header.passing.say)
        self._panel.alone_wanted.connect(window.spotlight.show_alone)
        work.refused.connect(self.refused)
        work.opened.connect(self._opened)
        work.written.connect(self._written)
        work.counted.connect(self._counted)
        work.surprised.connect(self._surprised)
        work.read.connect(self._looked)
        presenter.shown.connect(self._read)
        self._panel.tiles.chosen.connect(self._take)
        self._panel.strip.save_wanted.connect(self._save)
        store.listen(self._changed)
        if store.state.writing.on:
            self._show_mode(store.state)
            self._want(store.state)

    def _changed(self, before: AppState, after: AppState) -> None:
        if before.writing.on != after.writing.on:
            self._show_mode(after)
        if _asked(before) != _asked(after):
            self._want(after)
        if before.writing.looked_at != after.writing.looked_at:
            self._look(after)
        elif after.writing.dreams and before.pointed.row != after.pointed.row:
            self._show_ghost()

    def _show_mode(self, state: AppState) -> None:
        self._window.show_writing(self._panel if state.writing.on else None)

    def _want(self, state: AppState) -> None:
        canvas = state.canvas
        self._work.want(state.writing, canvas.read, state.pointed.row, canvas.pen_is_down)

    def _look(self, state: AppState) -> None:
        """Another picture is looked at: it lies over the sheet, and the reader reads it."""
        self._show_ghost()
        self._work.look_at(state.writing.looked_at)

    def _opened(self, writer: WriterModel) -> None:
        self._panel.show_writer(writer)

    def _paint(self, name: str, work: Callable[[], None]) -> None:
        """Have it painted: while the pen moves, after what it drew."""
        self._paints.do(name, work, at_once=not self._store.state.canvas.pen_is_down)

    def _written(self, written: Written | None) -> None:
        self._paint("tiles", partial(self._panel.show_written, written))
        self._paint("ghost", self._show_ghost)
        self._paint("picture", self._panel.show_picture)
        if written is not None:
            self._work.look_at(self._store.state.writing.looked_at)

    def _counted(self, counted: Counted | None) -> None:
        self._paint("counts", partial(self._panel.counts.show_counted, counted))

    def _surprised(self, nats: Array | None) -> None:
        self._panel.nats = nats
        self._paint("picture", self._panel.show_picture)

    def _show_ghost(self) -> None:
        self._window.canvas.show_ghost(self._panel.ghost, self._panel.begun)

    def _looked(self, trace: Trace | None) -> None:
        """The reader has read the picture that is looked at: that is its answer now."""
        self._panel.show_read(trace)
        self._window.show_answer_to(trace)

    def _read(self, shown: Shown) -> None:
        if self._store.state.writing.on:
            self._panel.trace = shown.traces[0] if shown.traces else None
            if not self._store.state.canvas.pen_is_down:  # else with what is written next
                self._panel.show_picture()

    def _take(self, number: int) -> None:
        pixels = self._panel.chosen(number)
        if pixels is not None:
            self._store.do(write.take, pixels)

    def _save(self, what: str) -> None:
        """Ask for a place and write what was written there: a contact sheet, an animation or every
        number of it."""
        written = self._work.shown
        if written is None:
            self.not_yet.emit(tr("There is nothing written yet"))
            return
        stem = "dreams" if self._store.state.writing.dream else "endings"
        title, suffix, kinds = {
            "sheet": (tr("Save the contact sheet"), "png", f"{tr('Pictures')} (*.png *.svg *.pdf)"),
            "animation": (tr("Save as an animation"), "gif", "GIF (*.gif);;WebP (*.webp)"),
            "numbers": (tr("Save the numbers"), "npz", f"{tr('Numbers')} (*.npz)"),
        }[what]
        path = self._files.ask_save(title, f"{stem}.{suffix}", kinds)
        if path is None:
            return
        tiles = self._panel.tiles
        if what == "sheet":  # painted here, as widgets are; written elsewhere
            self.try_to(lambda: self._write(path, picture_file(tiles.figure(), path)))
        elif what == "animation":
            frames = tiles.frames()
            self._files.write(path, lambda: write_frames(path, frames))
        else:
            self._files.write(path, lambda: write_whole(path, as_npz(written)))

    def _write(self, path: Path, data: bytes) -> None:
        self._files.write(path, lambda: write_whole(path, data))


def _asked(state: AppState) -> tuple[object, ...]:
    """What the writer is asked for."""
    w = state.writing
    asked = (w.on, w.dream, w.label, w.temperature, w.seed)
    if not w.on or w.dream:
        return asked
    return (*asked, state.canvas.read, state.pointed.row)
