"""The sheet with which a person opens a file by hand: how it is fed, what its classes are called,
what else it is given; and, live, what it gets so and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.input_words import field_names, reading_words
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.by_hand import Offered, TriedByHand
from rnn_desk.protocol.findings import Way
from rnn_desk.protocol.model import Port
from rnn_desk.qt.dialogs.label_table import LabelTable
from rnn_desk.qt.style.plain import Label, PushButton, set_title
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.fed_picture import FedPicture
from rnn_desk.qt.views.report import PartBar

_SHOWN = 5
"""Of the most probable classes."""

_REST_MS = 150
"""Milliseconds for which nothing is chosen or written, before it is tried."""

_RELEASED = "1", "0"
"""Scale and offset that change nothing."""


class ByHandSheet(QDialog):
    """One file's sheet. What is chosen is told at once by `tried`, and by `opened` at the end."""

    tried = Signal(object)
    """A ByHand that is to be tried on what is on the canvas."""
    opened = Signal(object)
    """The ByHand with which the file is to be opened."""

    def __init__(
        self,
        file: str,
        offered: Offered,
        said: ByHand | None = None,
        why: Refused | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """said: what is chosen to begin with. why: the file was refused, for that reason."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, tr("Open {file} by hand", file=file))
        self.offered = offered
        self.said, self.why = said, why
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: self.tried.emit(self.chosen))
        self.ways = QComboBox()
        for place, way in enumerate(offered.ways):
            self.ways.addItem(_way_words(way), place)
        self.choices = {field: _choice(words) for field, words in reading_words(tr).items()}
        self.numbers = {"scale": _number(_RELEASED[0]), "offset": _number(_RELEASED[1])}
        self.given = {extra.port.name: _number(f"{extra.proposed:g}") for extra in offered.extras}
        self.labels = LabelTable(offered.classes) if offered.classes else None
        self.picture = FedPicture()
        self.range = _wrapped("", muted=True)
        self.answers = [(Label(), PartBar(0.0), Label()) for _ in range(_SHOWN)]
        self.score = _wrapped("")
        self.open_button = PushButton(tr("Open with these settings"))
        self.open_button.setDefault(True)
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(lambda *_: self.opened.emit(self.chosen))
        self.end = PushButton(tr("Cancel"))
        self.end.clicked.connect(self.close)
        self._names: dict[QWidget, Label] = {}
        self._lay_out(file)
        self._begin_with(said or ByHand())
        self._listen()
        self.show_pending()
        self.resize(880, 640)
        self._rest.start(0)

    @property
    def chosen(self) -> ByHand:
        """What stands in the sheet."""
        way = self.offered.ways[self.ways.currentData()]
        reading = replace(
            way.input, **{field: choice.currentData() for field, choice in self.choices.items()}
        )
        if reading.value_range == "scaled":
            scale, offset = (_read(self.numbers[name]) for name in ("scale", "offset"))
            reading = replace(reading, scale=(scale,), offset=(offset,))
        names = () if self.labels is None else self.labels.names
        given = tuple((name, _read(edit)) for name, edit in self.given.items())
        return ByHand(reading, way.side, names, given)

    def show_pending(self) -> None:
        """What was chosen is being tried."""
        self.score.setText(tr("trying…"))

    def show_tried(self, tried: TriedByHand) -> None:
        """This came of it."""
        self.picture.show_seen(tried.seen)
        black, white = f"{tried.black:.4g}", f"{tried.white:.4g}"
        self.range.setText(tr("black is {black}, white is {white}", black=black, white=white))
        order = (-tried.probabilities).argsort(kind="stable")[:_SHOWN]
        for place, (name, bar, number) in enumerate(self.answers):
            there = place < len(order)
            part = float(tried.probabilities[order[place]]) if there else 0.0
            name.setText(tried.classes[order[place]] if there else "")
            number.setText(f"{part:.1%}" if there else "")
            bar.show_part(max(0.0, min(1.0, part)))
        if tried.count:
            words = tr(
                "{right} of {count} reference drawings are read as what they are",
                right=tried.right,
                count=tried.count,
            )
        elif not tried.classes:
            words = tr("It gives states and no answer")
        else:
            words = tr("Its classes are neither digits nor letters: nothing can be checked")
        self.score.setText(words)
        self.open_button.setEnabled(True)

    def show_failed(self, why: Refused) -> None:
        """It does not run so."""
        self.picture.show_seen(None)
        self.range.setText("")
        for name, bar, number in self.answers:
            name.setText("")
            number.setText("")
            bar.show_part(0.0)
        words = _reason(why)
        if self.why is not None and words == _reason(self.why):
            words = tr("It is refused for the same reason: choose otherwise")
        self.score.setText(words)
        self.open_button.setEnabled(False)

    def try_again(self) -> None:
        """Something else is on the canvas."""
        self.tried.emit(self.chosen)

    def _listen(self) -> None:
        for choice in (self.ways, *self.choices.values()):
            choice.currentIndexChanged.connect(self._changed)
        for edit in (*self.numbers.values(), *self.given.values()):
            edit.textEdited.connect(self._changed)
        if self.labels is not None:
            self.labels.changed.connect(self._changed)

    def _changed(self, *_: object) -> None:
        self._show_numbers()
        self.show_pending()
        self._rest.start()

    def _show_numbers(self) -> None:
        """Scale and offset stand there where the pixels are scaled by them."""
        scaled = self.choices["value_range"].currentData() == "scaled"
        for edit in self.numbers.values():
            edit.setVisible(scaled)
            self._names[edit].setVisible(scaled)

    def _begin_with(self, said: ByHand) -> None:
        """Have this stand in the sheet, as far as it can be chosen."""
        reading = said.input or self.offered.ways[0].input
        for place, way in enumerate(self.offered.ways):
            same = (way.input.layout, way.input.channels) == (reading.layout, reading.channels)
            if same and said.side in (0, way.side):
                self.ways.setCurrentIndex(place)
                break
        for field, choice in self.choices.items():
            value = getattr(reading, field)
            choice.setCurrentIndex(max(0, choice.findData(value)))
        for name, edit in self.numbers.items():
            if numbers := getattr(reading, name):
                edit.setText(f"{numbers[0]:g}")
        for name, value in said.given:
            if name in self.given:
                self.given[name].setText(f"{value:g}")
        if self.labels is not None and said.classes:
            self.labels.say(said.classes)
        self._show_numbers()

    def _lay_out(self, file: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        name = _wrapped(file)
        name.setObjectName("name")
        layout.addWidget(name)
        if self.why is not None:
            layout.addWidget(_wrapped(_reason(self.why)))
        facts = self.offered.facts
        ports = tr("Input: {tensors}", tensors=_ports(facts.inputs))
        ports += "\n" + tr("Output: {tensors}", tensors=_ports(facts.outputs))
        layout.addWidget(_wrapped(ports, muted=True))
        halves = QHBoxLayout()
        halves.setSpacing(24)
        halves.addLayout(self._choosing(), 3)
        if self.labels is not None:
            halves.addWidget(self.labels, 2)
        halves.addLayout(self._live(), 3)
        layout.addLayout(halves, 1)
        ending = QHBoxLayout()
        ending.addStretch(1)
        ending.addWidget(self.end)
        ending.addWidget(self.open_button)
        layout.addLayout(ending)

    def _choosing(self) -> QGridLayout:
        """What is said of the input, and of the inputs beside the picture."""
        lines: list[tuple[str, QWidget]] = [(tr("Picture"), self.ways)]
        names, extras = field_names(tr), self.offered.extras
        for field, choice in self.choices.items():
            lines.append((names[field], choice))
            if field == "value_range":
                lines += [
                    (tr("pixel 0..1 times"), self.numbers["scale"]),
                    (tr("plus"), self.numbers["offset"]),
                ]
        lines += [(_ports((extra.port,)), self.given[extra.port.name]) for extra in extras]
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (words, widget) in enumerate(lines):
            label = self._names[widget] = Label(words)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.setRowStretch(len(lines), 1)
        return grid

    def _live(self) -> QVBoxLayout:
        """What it gets, and what it answers."""
        column = QVBoxLayout()
        column.addWidget(Label(tr("What the model gets")))
        column.addWidget(self.picture)
        column.addWidget(self.range)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, widgets in enumerate(self.answers):
            for place, widget in enumerate(widgets):
                grid.addWidget(widget, row, place)
        column.addLayout(grid)
        column.addWidget(self.score)
        column.addStretch(1)
        return column


def _reason(why: Refused) -> str:
    """Why a file was refused, whose name stands over it."""
    reason = why.fields.get("reason")
    words = sentence(reason if isinstance(reason, Refused) else why)
    return words[:1].upper() + words[1:]


def _choice(words: Mapping[str, str]) -> QComboBox:
    choice = QComboBox()
    for value, text in words.items():
        choice.addItem(text, value)
    return choice


def _number(text: str) -> QLineEdit:
    edit = QLineEdit(text)
    validator = QDoubleValidator(edit)
    validator.setLocale(edit.locale().c())
    edit.setValidator(validator)
    return edit


def _read(edit: QLineEdit) -> float:
    """The number that stands there, 0 for what is none as yet."""
    try:
        return float(edit.text())
    except ValueError:
        return 0.0


def _way_words(way: Way) -> str:
    """How a picture lies in the input, in short: its axes as the file has them."""
    side, reading = way.side, way.input
    lengths = {"N": "N", "C": str(reading.channels), "H": str(side), "W": str(side)}
    lengths["F"] = str(side * side)
    axes = " × ".join(lengths[letter] for letter in reading.layout)
    return f"{axes}  ({reading.layout}, {reading.dtype})"


def _ports(ports: tuple[Port, ...]) -> str:
    return ", ".join(
        port.name if port.shape is None else f"{port.name} [{' × '.join(port.shape)}]"
        for port in ports
    )


def _wrapped(text: str, muted: bool = False) -> Label:
    label = Label(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        label.setObjectName("muted")
    return label
