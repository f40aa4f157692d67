"""What a person does with the file of the model that reads: its sheet, another reading, a copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog

from rnn_desk.core.card import InputReading
from rnn_desk.core.drawing import CANVAS_SIZE
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import write_whole
from rnn_desk.engine.foreign import chosen_readings
from rnn_desk.qt.look.words import tr
from rnn_desk.qt.sheets.model import ModelSheet
from rnn_desk.qt.sheets.report import ReportSheet
from rnn_desk.qt.work.worker import Worker

if TYPE_CHECKING:
    from rnn_desk.engine.evaluation.report import Report
    from rnn_desk.engine.reading.reader import Reader
    from rnn_desk.qt.desk import Desk


class ModelFiles:
    """The readings that a person chose lie beside the settings; without those, in this run only."""

    def __init__(self, desk: Desk, settings_path: Path | None) -> None:
        self._desk = desk
        self._path = (
            None if settings_path is None else settings_path.with_name(chosen_readings.FILE)
        )
        self.choices: dict[str, InputReading] = (
            {} if self._path is None else chosen_readings.load(self._path)
        )
        self.sheet: ModelSheet | None = None
        self.report: ReportSheet | None = None
        self._measuring = Worker(_measure, desk)
        self._measuring.answered.connect(self._measured)
        self._measuring.start()

    def stop(self) -> None:
        """End the thread."""
        self._measuring.stop()

    def show_sheet(self) -> None:
        """Open the sheet of the model that reads."""
        readers = self._desk.models.readers
        if not readers:
            self._desk.refuse(Refused("There is no model yet: wait until it is open"))
            return
        self.close_sheet()
        reader = readers[0]
        sheet = ModelSheet(reader, self._desk.window)
        sheet.corrected.connect(lambda reading: self._correct(reader, reading))
        sheet.save_wanted.connect(lambda scaled: self._save_copy(reader, scaled))
        sheet.report_wanted.connect(lambda: self._measuring.ask(reader))
        sheet.finished.connect(self._forget_sheet)
        self.sheet = sheet
        sheet.show()

    def refresh(self) -> None:
        """Another model reads, or the same otherwise: say so anew."""
        if self.sheet is not None:
            place = self.sheet.geometry()
            self.show_sheet()
            self.sheet.setGeometry(place)

    def reopen(self) -> None:
        """The language has changed: the sheets that are open say so anew."""
        self.refresh()
        if self.report is not None:
            place = self.report.geometry()
            self._show_report(self.report.report)
            self.report.setGeometry(place)

    def close_sheet(self) -> None:
        """Close the sheet, if it is open."""
        if self.sheet is not None:
            self.sheet.close()

    def _measured(self, _: Reader, answer: Report | Refused) -> None:
        if isinstance(answer, Refused):
            self._desk.refuse(answer)
        else:
            self._show_report(answer)

    def _show_report(self, answer: Report) -> None:
        if self.report is not None:
            self.report.close()
        sheet = ReportSheet(answer, self._desk.window)
        sheet.opened.connect(
            lambda drawing: self._desk.document.replace(drawing.resized(CANVAS_SIZE))
        )
        sheet.export_wanted.connect(lambda: self._save_page(answer))
        sheet.finished.connect(self._forget_report)
        self.report = sheet
        sheet.show()

    def _forget_report(self) -> None:
        self.report = None

    def _save_page(self, report: Report) -> None:
        from rnn_desk.engine.evaluation.report_page import page

        name, _ = QFileDialog.getSaveFileName(
            self.report, tr("Save as a page"), "why.html", "HTML (*.html)"
        )
        if name:
            try:
                write_whole(Path(name), page(report, tr, QLocale().bcp47Name()).encode())
            except Refused as refusal:
                self._desk.refuse(refusal)

    def _forget_sheet(self) -> None:
        self.sheet = None

    def _correct(self, reader: Reader, reading: InputReading | None) -> None:
        """Remember what the person says, and open the model so."""
        sha256 = reader.identity.sha256
        if reading is None:
            self.choices.pop(sha256, None)
        else:
            self.choices[sha256] = reading
        if self._path is not None:
            try:
                chosen_readings.remember(self._path, sha256, reading)
            except Refused as refusal:
                self._desk.refuse(refusal)
        self._desk.open_model(reader.origin.path)

    def _save_copy(self, reader: Reader, scaled: bool) -> None:
        from rnn_desk.engine.foreign.saving import save_copy

        proposal = reader.origin.path.with_name(f"{reader.origin.path.stem}-card.onnx")
        kinds = tr("ONNX models") + " (*.onnx)"
        name, _ = QFileDialog.getSaveFileName(
            self.sheet, tr("Save a copy of the model"), str(proposal), kinds
        )
        if name:
            try:
                save_copy(reader.origin.path, reader, Path(name), scaled)
            except Refused as refusal:
                self._desk.refuse(refusal)


def _measure(reader: Reader) -> Report:
    from rnn_desk.engine.evaluation.report import report

    return report(reader)
