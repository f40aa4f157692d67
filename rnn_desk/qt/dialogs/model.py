"""The sheet on a model: what it is, how it is fed and on what evidence. A person can correct it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.answer_words import call_words, form_words, given_words
from rnn_desk.app.input_words import field_names, reading_words, tried_heads, tried_words
from rnn_desk.core.alphabet import alphabet_of
from rnn_desk.core.card import InputReading, ModelCard
from rnn_desk.protocol.findings import Findings, Tried
from rnn_desk.protocol.model import Model, Port
from rnn_desk.qt.dialogs.table import table_of
from rnn_desk.qt.dialogs.tensors import lies
from rnn_desk.qt.style.plain import CheckBox, Label, PushButton, set_title, table_item
from rnn_desk.qt.style.words import sentence, tr

_OPERATORS, _CLASSES = 12, 30
"""How many of them are told by name."""


class ModelSheet(QDialog):
    """One model's sheet. Whoever corrects the reading is told of by `corrected`."""

    corrected = Signal(object)
    """An InputReading that the model shall be fed by, or None for what the program finds."""
    by_hand_wanted = Signal()
    """A person wants to say all of it, the labels too, and see what comes of it."""
    report_wanted = Signal()
    """How it reads the reference digits, drawn otherwise too, is to be measured."""
    save_wanted = Signal(bool)
    """A copy with the card is to be saved; whether it shall scale its input itself."""

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, tr("About the model {name}", name=model.card.name))
        self._reading = model.card.input
        self._choices = {field: _choice(words) for field, words in reading_words(tr).items()}
        self.evidence = _table(model.findings.evidence)
        self.evidence.itemSelectionChanged.connect(self._take_row)
        self._ways = [tried.way.input for tried in model.findings.evidence]
        self.use = PushButton(tr("Use these settings"))
        self.use.clicked.connect(lambda *_: self.corrected.emit(self.chosen))
        self.forget = PushButton(tr("Choose automatically"))
        self.forget.clicked.connect(lambda *_: self.corrected.emit(None))
        self.by_hand = PushButton(tr("Input and labels by hand…"))
        self.by_hand.clicked.connect(lambda *_: self.by_hand_wanted.emit())
        self.scaled = CheckBox(tr("build the input scaling into the copy"))
        self.save = PushButton(tr("Save a copy with its card…"))
        self.save.clicked.connect(lambda *_: self.save_wanted.emit(self.scaled.isChecked()))
        self.why = PushButton(tr("Why is it wrong on my drawings?"))
        self.why.clicked.connect(lambda *_: self.report_wanted.emit())
        self.end = PushButton(tr("Close"))
        self.end.clicked.connect(self.close)
        self._lay_out(model)
        self._show(self._reading)
        self.resize(790, 640 if self._ways else self.sizeHint().height())

    @property
    def chosen(self) -> InputReading:
        """The reading as the choices stand."""
        said = replace(
            self._reading,
            **{field: choice.currentData() for field, choice in self._choices.items()},
        )
        if said.value_range != "scaled":
            return replace(said, scale=(), offset=())
        return said if said.scale else replace(said, scale=(1.0,), offset=(0.0,))

    def _lay_out(self, model: Model) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        name = _words(model.card.name)
        name.setObjectName("name")
        layout.addWidget(name)
        layout.addWidget(_words(_about(model), muted=True))
        layout.addWidget(_words(_verdict(model)))
        grid = QGridLayout()
        labels = field_names(tr)
        for place, (field, choice) in enumerate(self._choices.items()):
            label = Label(labels[field])
            label.setBuddy(choice)
            grid.addWidget(label, 0, place)
            grid.addWidget(choice, 1, place)
        layout.addLayout(grid)
        buttons = QHBoxLayout()
        buttons.addWidget(self.use)
        buttons.addWidget(self.forget)
        buttons.addWidget(self.by_hand)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        tried = _words(tr("Settings tried on the reference digits, those in use first:"))
        layout.addWidget(tried)
        layout.addWidget(self.evidence, 1)
        tried.setHidden(not self._ways)
        self.evidence.setHidden(not self._ways)
        layout.addWidget(_words(_shows(model)))
        saving = QHBoxLayout()
        saving.addWidget(self.save)
        saving.addWidget(self.scaled)
        saving.addStretch(1)
        layout.addLayout(saving)
        ending = QHBoxLayout()
        ending.addWidget(self.why)
        ending.addStretch(1)
        ending.addWidget(self.end)
        layout.addLayout(ending)
        if not self._ways:
            layout.addStretch(1)

    def _take_row(self) -> None:
        """The row that was chosen in the table stands in the choices."""
        rows = self.evidence.selectionModel().selectedRows()
        if rows:
            taken = self._ways[rows[0].row()]
            self._reading = replace(self._reading, scale=taken.scale, offset=taken.offset)
            self._show(taken)

    def _show(self, reading: InputReading) -> None:
        for field, choice in self._choices.items():
            value = getattr(reading, field)
            if field == "reading" and value != "columns":
                value = self._upright
                choice.setItemData(0, value)
            choice.setCurrentIndex(choice.findData(value))

    @property
    def _upright(self) -> str:
        """What the reading is called while the picture is not turned."""
        return "rows" if self._reading.reading == "columns" else self._reading.reading


def _choice(words: dict[str, str]) -> QComboBox:
    choice = QComboBox()
    for value, text in words.items():
        choice.addItem(text, value)
    return choice


def _table(evidence: tuple[Tried, ...]) -> QTableWidget:
    lines = [[table_item(text) for text in tried_words(tried, tr)] for tried in evidence]
    table = table_of(list(tried_heads(tr)), lines)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.horizontalHeader().setStretchLastSection(True)
    return table


def _about(model: Model) -> str:
    """File, size, exporter, operators, parameters, what goes in and comes out."""
    told = model.facts
    used = [f"{op} {count}" for op, count in told.operators.items()]
    operators = ", ".join(used[:_OPERATORS]) + (", …" if len(used) > _OPERATORS else "")
    classes = ", ".join(model.card.classes[:_CLASSES])
    if len(model.card.classes) > _CLASSES:
        classes += ", …"
    lines = [
        tr(
            "{file}, {size:,.0f} kB, opset {opset}",
            file=model.identity.file,
            size=told.size / 1000,
            opset=told.opset or "?",
        ),
        tr("Exporter: {name}", name=told.exporter or tr("not stated")),
        tr("Operators: {names}", names=operators),
        tr("Parameters: {count:,}", count=told.parameters),
        tr("Input: {tensors}", tensors=_tensors(told.inputs)),
        tr("Output: {tensors}", tensors=_tensors(told.outputs)),
        tr("Classes: {count}: {names}", count=len(model.card.classes), names=classes),
    ]
    if form := form_words(tr, model.card):
        lines.append(tr("Answer: {form}", form=form))
    if given := given_words(model.card):
        lines.append(tr("Given beside the picture: {given}", given=given))
    if calls := call_words(tr, model.card):
        lines.append(tr("Calls: {calls}", calls=calls))
    if model.card.accuracies:
        names = {
            "mnist_test": tr("MNIST's test set"),
            "pendigits-30-writers": tr("drawings of 30 writers"),
        }
        parts = ", ".join(
            f"{names.get(name, name)} {part:.2%}" for name, part in model.card.accuracies.items()
        )
        lines.append(tr("Accuracy by its card: {parts}", parts=parts))
    return "\n".join(lines)


def _tensors(ports: tuple[Port, ...]) -> str:
    """Names with shapes; "?" is a length that the file leaves open."""
    return ", ".join(
        port.name if port.shape is None else f"{port.name} [{' × '.join(port.shape)}]"
        for port in ports
    )


def _verdict(model: Model) -> str:
    """How the program came to feed it so."""
    findings = model.findings
    if model.ref.by_hand is not None:
        return _by_hand(findings)
    if findings.unchecked is not None:
        return sentence(findings.unchecked)
    if findings.reference_accuracy is not None:
        told = _found_by_trying(findings.reference_accuracy, model.card)
        if findings.best_accuracy > findings.reference_accuracy:
            told += "; " + tr(
                "with others {best:.1%}, too little more to choose them over the more usual ones",
                best=findings.best_accuracy,
            )
        return told
    return tr("Input settings from its model card")


def _found_by_trying(part: float, card: ModelCard) -> str:
    if alphabet_of(card.classes) != "letters":
        told = tr(
            "No model card in the file: its input settings were found by trying. With these it "
            "reads {part:.1%} of the reference digits correctly",
            part=part,
        )
        told += " " + tr("(drawings of the project's own, not MNIST)")
    else:
        told = tr(
            "No model card in the file: its input settings were found by trying. With these it "
            "reads {part:.1%} of the reference letters correctly",
            part=part,
        )
    if card.labels == "proposed":
        told += "; " + tr("its labels are proposed after what it says to them")
    return told


def _by_hand(findings: Findings) -> str:
    """Likewise, where a person said so."""
    told = tr("Input settings, or labels, as you said")
    if findings.reference_accuracy is None:
        return told
    return (
        told
        + "; "
        + tr(
            "with these it reads {part:.1%} of the reference digits correctly",
            part=findings.reference_accuracy,
        )
    )


def _shows(model: Model) -> str:
    """What can be shown of the model, and what not, and why."""
    lines = []
    for layer in model.layers:
        line = tr("{name}: {units} units", name=layer.name, units=layer.units)
        if layer.why_no_gates is not None:
            line += "; " + tr("no gates: {reason}", reason=layer.why_no_gates)
        between = layer.between
        if between is not None:
            line += "; " + sentence(between)
        lines.append(line)
    if model.why_no_states is not None:
        lines.append(tr("No states: {reason}", reason=model.why_no_states))
    lines.extend(f"{tensor.label}: {lies(tensor)}" for tensor in model.watched)
    if model.belief_kind == "none":
        lines.append(tr("This file gives states and no answer"))
    elif model.belief_kind == "said":
        lines.append(tr("Belief after each row: the network says it itself"))
    elif model.belief_kind == "head":
        lines.append(tr("Belief after each row: its own head, applied to that row's state"))
    else:
        lines.append(tr("Belief after each row: its answer to the picture with the rest covered"))
    if model.turned:
        lines.append(tr("It reads column after column: a row here is a column of the picture"))
    return "\n".join(lines)


def _words(text: str, muted: bool = False) -> Label:
    """Words that wrap, and can be copied."""
    label = Label(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        label.setObjectName("muted")
    return label
