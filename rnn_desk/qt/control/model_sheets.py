"""What a person does with the file of the model that reads: its sheet, another reading, a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.core.card import InputReading
from rnn_desk.core.drawing import CANVAS_SIZE
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.user_files import UserFiles
from rnn_desk.qt.look.words import tr
from rnn_desk.qt.sheets.model import ModelSheet
from rnn_desk.qt.sheets.report import ReportSheet
from rnn_desk.qt.state.document import Document
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.protocol.report import Report


class ModelSheets(Control):
    """The sheet of the first model, and the report on it; both may stand open beside the window."""

    reopen_wanted = Signal(object)
    """The Path of a model that is to be read otherwise from now on."""

    def __init__(
        self,
        document: Document,
        models: LoadedModels,
        chosen: ChosenReadings,
        files: UserFiles,
        window: Window,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._models = models
        self._chosen = chosen
        self._files = files
        self._window = window
        self.sheet: ModelSheet | None = None
        self.report: ReportSheet | None = None
        self._measuring = Worker(_measure, self)
        self._measuring.answered.connect(self._measured)
        self._measuring.start()
        models.changed.connect(self._refresh)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"about_model": self._show_sheet}

    def stop(self) -> None:
        """End the thread."""
        self._measuring.stop()

    def _show_sheet(self) -> None:
        """Open the sheet of the model that reads."""
        readers = self._models.readers
        if not readers:
            self.refused.emit(Refused("There is no model yet: wait until it is open"))
            return
        if self.sheet is not None:
            self.sheet.close()
        reader = readers[0]
        sheet = ModelSheet(reader, self._window)
        sheet.corrected.connect(lambda reading: self._correct(reader, reading))
        sheet.save_wanted.connect(lambda scaled: self._save_copy(reader, scaled))
        sheet.report_wanted.connect(lambda: self._measuring.ask(reader))
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

    def _measured(self, _: Reader, answer: Report | Refused) -> None:
        if isinstance(answer, Refused):
            self.refused.emit(answer)
        else:
            self._show_report(answer)

    def _show_report(self, answer: Report) -> None:
        if self.report is not None:
            self.report.close()
        sheet = ReportSheet(answer, self._window)
        sheet.opened.connect(lambda drawing: self._document.replace(drawing.resized(CANVAS_SIZE)))
        sheet.export_wanted.connect(lambda: self._save_page(answer))
        sheet.finished.connect(self._forget_report)
        self.report = sheet
        sheet.show()

    def _forget_report(self) -> None:
        self.report = None

    def _save_page(self, report: Report) -> None:
        from rnn_desk.app.report_page import page

        kinds = "HTML (*.html)"
        path = self._files.ask_save(tr("Save as a page"), "why.html", kinds, over=self.report)
        if path:
            words = page(report, tr, QLocale().bcp47Name()).encode()
            self._files.write(path, lambda: write_whole(path, words))

    def _forget_sheet(self) -> None:
        self.sheet = None

    def _correct(self, reader: Reader, reading: InputReading | None) -> None:
        """Remember what the person says, and open the model so."""
        self.try_to(lambda: self._chosen.choose(reader.identity.sha256, reading))
        self.reopen_wanted.emit(reader.origin.path)

    def _save_copy(self, reader: Reader, scaled: bool) -> None:
        from rnn_desk.engine.foreign.saving import save_copy

        source = reader.origin.path
        kinds = tr("ONNX models") + " (*.onnx)"
        path = self._files.ask_save(
            tr("Save a copy of the model"), f"{source.stem}-card.onnx", kinds, over=self.sheet
        )
        if path:
            self._files.write(path, lambda: save_copy(source, reader, path, scaled))


def _measure(reader: Reader) -> Report:
    from rnn_desk.engine.evaluation.report import report

    return report(reader)
