"""What a person does with the file of the model that reads: its sheet, another reading, a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from rnn_desk.app.actions import draw
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.app.outcomes import Failure
from rnn_desk.app.requests import MakeReport, Request, SaveCopy
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.drawing import CANVAS_SIZE
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.core.labelled import Labelled
from rnn_desk.core.references import references_for
from rnn_desk.protocol.model import Model
from rnn_desk.protocol.report import Report
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.images.labelled import labelled_in
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.engine import Engine
from rnn_desk.qt.work.judging import Judging
from rnn_desk.qt.work.models import LoadedModels

if TYPE_CHECKING:  # no start waits for a sheet
    from rnn_desk.qt.dialogs.model import ModelSheet
    from rnn_desk.qt.dialogs.report import ReportSheet


class ModelSheets(Control):
    """The sheet of the first model, and the report on it; both may stand open beside the window."""

    reopen_wanted = Signal(object)
    """The Path of a model that is to be read otherwise from now on."""
    by_hand_wanted = Signal(object)
    """The Model of which a person wants to say all of it."""

    def __init__(
        self,
        engine: Engine,
        store: QtStore,
        models: LoadedModels,
        chosen: ChosenReadings,
        files: UserFiles,
        window: Window,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._store = store
        self._models = models
        self._chosen = chosen
        self._files = files
        self._window = window
        self.sheet: ModelSheet | None = None
        self.report: ReportSheet | None = None
        self._copy_to: Path | None = None
        self._measuring = engine.slot("report", self._measured, failed=self._failed)
        self._copying = engine.slot("copy", self._copied, failed=self._failed)
        self._judging = Judging(engine, background, self)
        self._judging.judged.connect(self._show_report)
        self._judging.refused.connect(self.refused)
        models.changed.connect(self._refresh)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"about_model": self._show_sheet}

    def _show_sheet(self) -> None:
        """Open the sheet of the model that reads."""
        models = self._models.loaded
        if not models:
            self.not_yet.emit(tr("There is no model yet: wait until it is open"))
            return
        if self.sheet is not None:
            self.sheet.close()
        model = models[0]
        from rnn_desk.qt.dialogs.model import ModelSheet

        sheet = ModelSheet(model, self._window)
        sheet.corrected.connect(lambda reading: self._correct(model, reading))
        sheet.save_wanted.connect(lambda scaled: self._save_copy(model, scaled))
        sheet.report_wanted.connect(lambda: self._measure(model))
        sheet.by_hand_wanted.connect(lambda: self.by_hand_wanted.emit(model))
        sheet.finished.connect(self._forget_sheet)
        self.sheet = sheet
        sheet.show()

    def _refresh(self, *_: object) -> None:
        """Another model reads, or the same otherwise: say so anew."""
        if self.sheet is not None:
            place = self.sheet.geometry()
            self._show_sheet()
            self.sheet.setGeometry(place)

    def reopen(self) -> None:
        """The language has changed: the sheets that are open say so anew."""
        self._refresh()
        if self.report is not None:
            place = self.report.geometry()
            self._show_report(self.report.report)
            self.report.setGeometry(place)

    def _measure(self, model: Model) -> None:
        """Report on the reference drawings; where they can tell nothing, on a person's own."""
        if references_for(model.card.classes) is None:
            self._read_file(model)
            return
        self._measuring.want_anew(MakeReport(model.ref, model))

    def _measured(self, _: MakeReport, report: Report) -> None:
        self._show_report(report)

    def _read_others(self, source: str) -> None:
        """Report on other drawings, by the model that reads now."""
        model = self._models.loaded[0]
        if source == "reference":
            self._measure(model)
        elif source == "collected":
            self._judging.judge(model, self._collected())
        else:
            self._read_file(model)

    def _read_file(self, model: Model) -> None:
        kinds = f"{tr('Drawings with labels, IDX images')} (*.jsonl *.jsonl.gz *ubyte* *idx3*)"
        kinds += f";;{tr('All files')} (*)"
        if path := self._files.ask_open(tr("Which drawings are to be read?"), kinds):
            self._background.do(
                lambda: labelled_in(path, model.card.classes),
                lambda digits: self._judging.judge(model, digits),
            )

    def _collected(self) -> Labelled:
        """The drawings with labels that were collected in the window."""
        drawings = [d for d in self._store.state.collecting.drawings if d.label is not None]
        labels = tuple(str(drawing.label) for drawing in drawings)
        return Labelled(tr("collected here"), tuple(drawings), labels)

    def _failed(self, _: Request, failure: Failure) -> None:
        if not failure.is_silent:
            self.refused.emit(failure.why)

    def _show_report(self, answer: Report) -> None:
        if self.report is not None:
            self.report.close()
        from rnn_desk.qt.dialogs.report import ReportSheet

        sheet = ReportSheet(answer, len(self._collected().originals), self._window)
        sheet.source_wanted.connect(self._read_others)
        sheet.opened.connect(lambda drawing: self._store.do(draw.lay, drawing.resized(CANVAS_SIZE)))
        sheet.export_wanted.connect(lambda: self._save_page(answer))
        sheet.finished.connect(self._forget_report)
        self.report = sheet
        sheet.show()

    def _forget_report(self) -> None:
        self.report = None

    def _save_page(self, report: Report) -> None:
        kinds = "HTML (*.html)"
        path = self._files.ask_save(tr("Save as a page"), "why.html", kinds, over=self.report)
        if path:
            from rnn_desk.app.report_page import page  # nor for a page

            words = page(report, tr, QLocale().bcp47Name()).encode()
            self._files.write(path, lambda: write_whole(path, words))

    def _forget_sheet(self) -> None:
        self.sheet = None

    def _correct(self, model: Model, reading: InputReading | None) -> None:
        """Remember what the person says, and open the model so; or as it is found out."""
        before = model.ref.by_hand or ByHand()
        said = None if reading is None else replace(before, input=reading)
        self.try_to(lambda: self._chosen.choose(model.ref.sha256, said))
        self.reopen_wanted.emit(model.path)

    def _save_copy(self, model: Model, scaled: bool) -> None:
        source = model.path
        kinds = tr("ONNX models") + " (*.onnx)"
        path = self._files.ask_save(
            tr("Save a copy of the model"), f"{source.stem}-card.onnx", kinds, over=self.sheet
        )
        if path is None:
            return
        if path.exists() and source.exists() and path.samefile(source):
            self.refused.emit(
                Refused("{file} is the model itself: choose another name for the copy", file=path)
            )
            return
        self._copy_to = path
        self._copying.want_anew(SaveCopy(model.ref, model, scaled))

    def _copied(self, _: SaveCopy, copy: bytes) -> None:
        path = self._copy_to
        if path is not None:
            self._files.write(path, lambda: write_whole(path, copy))
