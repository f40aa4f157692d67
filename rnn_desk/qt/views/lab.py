"""The lab: what can be done to the picture and to the network, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontInfo, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.core.cells import CELLS, quantity
from rnn_desk.core.cells.cell import Quantity
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Accuracy, Experiment, HeldAt
from rnn_desk.protocol.model import Layer, Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.experiments import held_words, said
from rnn_desk.qt.style.plain import Label, ToolButton, set_tip
from rnn_desk.qt.style.words import sentence, tr
from rnn_desk.qt.views.layer import quantity_name
from rnn_desk.qt.views.panel import Panel

FURTHEST = 8
"""Pixels that the picture can be moved."""

STEEPEST = 45
"""Degrees that it can be turned."""

MOST = 200
"""Per cent of itself that a gate can be scaled to."""

HELD: tuple[HeldAt, ...] = (0.0, 1.0, "mean")
"""What a gate can be held at, in the order of the list."""

SPACE = 7
"""Pixels between two controls."""

LETTERS = 60
"""What the three columns take from left to right, in parts of a letter."""

SLIDER_KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End),
)

PICTURE_ACTIONS = ("cover_row", "shuffle_rows")
NETWORK_ACTIONS = ("unit_off", "forget_state")


class LabView(Panel):
    """Three columns: the picture, the network, what comes of it. Shows an Experiment, and asks for
    another one; it changes nothing itself."""

    tried = Signal(object, str)
    """An Experiment that is wanted, and the name of the control that is being turned."""

    def __init__(self, store: QtStore, parent: QWidget | None = None) -> None:
        super().__init__(store, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls have it
        self.experiment = Experiment()
        self.accuracy: Accuracy | Refused | None = None
        self.why_not: Refused | None = None
        self._model: Model | None = None
        self._layers: tuple[tuple[str, tuple[Quantity, ...]], ...] = ()
        self.buttons: dict[str, ToolButton] = {}
        self.noise = _slider(0, 100)
        self.right, self.down = _slider(-FURTHEST, FURTHEST), _slider(-FURTHEST, FURTHEST)
        self.rotation = _slider(-STEEPEST, STEEPEST)
        self.layer, self.gate, self.scale = QComboBox(), QComboBox(), _slider(0, MOST)
        self.how = QComboBox()
        self._words = {slider: Label() for slider in self._sliders()}
        self._names = {slider: Label() for slider in self._of_the_picture()}
        self._ends = Label("0"), Label(f"{MOST // 100}")
        self._titles = [_title() for _ in range(3)]
        self._none = Label()
        self._result = Label()
        self._network = QWidget()
        self._inside = QWidget()
        self._lay_out()
        self.noise.valueChanged.connect(lambda v: self._turn("noise", noise=v / 100))
        self.right.valueChanged.connect(lambda _: self._moved())
        self.down.valueChanged.connect(lambda _: self._moved())
        self.rotation.valueChanged.connect(lambda v: self._turn("rotation", rotation=float(v)))
        self.layer.currentIndexChanged.connect(lambda _: self._show_gates())
        self.gate.currentIndexChanged.connect(lambda _: self._refresh())
        self.how.activated.connect(self._change_gate)
        self.scale.valueChanged.connect(self._scaled)
        self.set_words()

    def sizeHint(self) -> QSize:
        return QSize(LETTERS * QFontInfo(self.font()).pixelSize(), 190)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 150)

    @property
    def least_width(self) -> int:
        return self.sizeHint().width()

    def use(self, actions: Mapping[str, QAction]) -> None:
        """What is done to the row, or to the unit, looked at has an action of its own."""
        for name, button in self.buttons.items():
            button.setDefaultAction(actions[name])

    def set_words(self) -> None:
        self.setAccessibleName(tr("Lab"))
        for label, words in zip(
            self._titles,
            (tr("The picture"), tr("The network"), tr("Reference digits")),
            strict=True,
        ):
            label.setText(words)
        for slider, name, tip in (
            (self.noise, tr("Noise"), tr("Random ink on every pixel")),
            (self.right, tr("Right"), tr("Move the picture to the left or to the right")),
            (self.down, tr("Down"), tr("Move the picture up or down")),
            (self.rotation, tr("Turn"), tr("Turn the picture about its middle")),
        ):
            self._names[slider].setText(name)
            slider.setAccessibleName(name)
            set_tip(slider, tip)
        self.scale.setAccessibleName(tr("Gate's factor"))
        set_tip(self.scale, tr("Multiply this gate, in all units of the layer"))
        for combo, words in (
            (self.layer, tr("Layer to change")),
            (self.gate, tr("Gate to change")),
            (self.how, tr("Multiply the gate, or hold it at one value whatever comes in")),
        ):
            combo.setAccessibleName(words)
            set_tip(combo, words)
        self.how.clear()
        self.how.addItems([tr("times"), *map(held_words, HELD)])
        self._show_gates()

    def show_models(self, models: tuple[Model, ...]) -> None:
        """What is done to the network is done to the first one; where that is the same as before,
        what was chosen and found out of it stays."""
        if models[0].same_as(self._model):
            return
        self._model = models[0]
        layers = models[0].layers
        reasons = (layer.why_not_plain for layer in layers)
        self.why_not = (
            next((why for why in reasons if why is not None), None)
            if layers
            else Refused("it has no recurrent layers")
        )
        self._layers = tuple(
            (layer.name, () if layer.why_not_plain is not None else _gates(layer))
            for layer in layers
        )
        self.accuracy = None
        self.layer.blockSignals(True)
        self.layer.clear()
        self.layer.addItems([name for name, _ in self._layers])
        self.layer.setCurrentIndex(self.store.state.views.lab_layer)
        self.layer.blockSignals(False)
        self._show_gates()

    def show_experiment(self, experiment: Experiment) -> None:
        """This is done now; how well the reference digits are read with it comes later."""
        before, self.experiment = self.experiment, experiment
        other_gates = (experiment.gates, experiment.held) != (before.gates, before.held)
        if not experiment.on:
            self.accuracy = None
        if other_gates:
            self._show_changed_gate()
        self._refresh()

    def show_accuracy(self, accuracy: Accuracy | Refused) -> None:
        """So well the reference digits are read under this experiment."""
        self.accuracy = accuracy
        self._refresh()

    @property
    def chosen_layer(self) -> int:
        """The number of the layer that something is to be done to."""
        return max(0, self.layer.currentIndex())

    @property
    def chosen_gate(self) -> str:
        """The letter of the gate that is to be scaled; "" where the layer has none."""
        return self.gate.currentData() or ""

    def _of_the_picture(self) -> tuple[QSlider, ...]:
        return (self.noise, self.right, self.down, self.rotation)

    def _sliders(self) -> tuple[QSlider, ...]:
        return (*self._of_the_picture(), self.scale)

    def _turn(self, control: str, **fields: object) -> None:
        self.tried.emit(replace(self.experiment, **fields), control)  # type: ignore[arg-type]

    def _moved(self) -> None:
        self._turn("shift", shift=(float(self.right.value()), float(self.down.value())))

    def _scaled(self, per_cent: int) -> None:
        layer, gate = self.chosen_layer, self.chosen_gate
        wanted = self.experiment.with_factor(layer, gate, per_cent / 100)
        self.tried.emit(wanted, f"gate {layer} {gate}")

    def _change_gate(self, item: int) -> None:
        """Hold the gate chosen at what that item of the list says; the first leaves it free."""
        layer, gate, e = self.chosen_layer, self.chosen_gate, self.experiment
        wanted = e.with_held(layer, gate, HELD[item - 1]) if item else e.with_factor(layer, gate, 1)
        self.tried.emit(wanted, "")

    def _show_changed_gate(self) -> None:
        """Choose a gate that is changed, where the one chosen is not: a lesson changed it, say."""
        e = self.experiment
        changed = [(each.layer, each.gate) for each in e.gates]
        changed += [(each.layer, each.gate) for each in e.held]
        if not changed or (self.chosen_layer, self.chosen_gate) in changed:
            return
        layer, gate = changed[0]
        self.layer.setCurrentIndex(layer)
        self.gate.setCurrentIndex(max(0, self.gate.findData(gate)))

    def _show_gates(self) -> None:
        """The gates of the layer chosen; the same one again, if it has it."""
        gates = self._layers[self.chosen_layer][1] if self._layers else ()
        before = self.chosen_gate
        self.gate.blockSignals(True)
        self.gate.clear()
        for gate in gates:
            self.gate.addItem(quantity_name(gate), gate.letter)
        self.gate.setCurrentIndex(max(0, self.gate.findData(before)))
        self.gate.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        """Show the experiment on every control."""
        e = self.experiment
        factor = e.factor(self.chosen_layer, self.chosen_gate)
        held = e.held_at(self.chosen_layer, self.chosen_gate)
        for slider, value, words in (
            (self.noise, e.noise * 100, f"{e.noise:.2f}"),
            (self.right, e.shift[0], f"{e.shift[0]:+g}"),
            (self.down, e.shift[1], f"{e.shift[1]:+g}"),
            (self.rotation, e.rotation, f"{e.rotation:+g}°"),
            (self.scale, factor * 100, f"× {factor:.2f}"),
        ):
            slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(False)
            self._words[slider].setText(words.replace("-", "−"))
        self.how.setCurrentIndex([None, *HELD].index(held) if held in (None, *HELD) else -1)
        has_gates = self.gate.count() > 0
        scaled = (*self._ends, self.scale, self._words[self.scale])
        for widget in (self.gate, self.how, *scaled):
            widget.setVisible(has_gates)
        for widget in scaled:
            widget.setEnabled(held is None)
        self._network.setVisible(self.why_not is None)
        self._none.setVisible(self.why_not is not None)
        if self.why_not is not None:
            words = tr("Nothing can be done to this network: {reason}", reason=self.why_not)
            self._none.setText(words)
        self._result.setText(self._about_result())

    def _about_result(self) -> str:
        if not self.experiment.on:
            return tr("Change something to see how many of the reference digits are still "
                      "read correctly.")  # fmt: skip
        names = tuple(name for name, _ in self._layers)
        return "\n".join([self._about_accuracy(), *said(self.experiment, names)])

    def _about_accuracy(self) -> str:
        if self.accuracy is None:
            return tr("reading them…")
        if isinstance(self.accuracy, Refused):
            return sentence(self.accuracy)
        return tr(
            "{altered:.1%} of {count} read correctly\n{plain:.1%} without the lab",
            altered=self.accuracy.altered,
            count=self.accuracy.count,
            plain=self.accuracy.plain,
        )

    def _lay_out(self) -> None:
        for name in (*PICTURE_ACTIONS, *NETWORK_ACTIONS, "reset_lab"):
            self.buttons[name] = ToolButton()
        columns = QHBoxLayout(self._inside)
        columns.setContentsMargins(14, 0, 14, 0)
        columns.setSpacing(3 * SPACE)
        for place, (column, share) in enumerate(
            ((self._picture_column(), 10), (self._network_column(), 10), (self._result_column(), 7))
        ):
            column.setSpacing(SPACE)  # else they take that between the columns
            column.insertWidget(0, self._titles[place])
            column.addStretch(1)
            columns.addLayout(column, share)
        scroll = QScrollArea()
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has it, and is scrolled to
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _picture_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addLayout(_beside(*(self.buttons[name] for name in PICTURE_ACTIONS)))
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for row, slider in enumerate(self._of_the_picture()):
            self._put(grid, row, slider)
        column.addLayout(grid)
        return column

    def _network_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        inner = QVBoxLayout(self._network)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(_beside(self.buttons["unit_off"]))
        inner.addLayout(_beside(self.layer, self.buttons["forget_state"]))
        inner.addLayout(_beside(self.gate, self.how))
        low, high = self._ends
        scale = QHBoxLayout()
        scale.addWidget(low)
        scale.addWidget(self.scale, 1)
        scale.addWidget(high)
        scale.addWidget(self._words[self.scale])
        inner.addLayout(scale)
        self._words[self.scale].setMinimumWidth(self.fontMetrics().horizontalAdvance("× 0.00") + 6)
        self._none.setWordWrap(True)
        column.addWidget(self._network)
        column.addWidget(self._none)
        return column

    def _result_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self._result.setWordWrap(True)
        column.addWidget(self._result)
        column.addLayout(_beside(self.buttons["reset_lab"]))
        return column

    def _put(self, grid: QGridLayout, row: int, slider: QSlider) -> None:
        """A slider with its name before it and its number behind."""
        self._names[slider].setBuddy(slider)
        words = self._words[slider]
        words.setMinimumWidth(self.fontMetrics().horizontalAdvance("−45°") + 6)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._names[slider], row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(words, row, 2)


class _Slider(QSlider):
    """A slider that keeps its keys, which move through the rows elsewhere."""

    def event(self, event: QEvent) -> bool:
        shortcut = event.type() == QEvent.Type.ShortcutOverride
        if shortcut and isinstance(event, QKeyEvent) and event.key() in SLIDER_KEYS:
            event.accept()
            return True
        return super().event(event)


def _gates(layer: Layer) -> tuple[Quantity, ...]:
    """What of the layer can be scaled."""
    return tuple(quantity(layer.op, letter) for letter in CELLS[layer.op].gates)


def _slider(low: int, high: int) -> QSlider:
    slider = _Slider(Qt.Orientation.Horizontal)
    slider.setRange(low, high)
    slider.setProperty("signed", low < 0)  # the look of one that begins in the middle
    slider.setMinimumSize(60, 24)  # the frame of the focus leaves its handle to be seen
    return slider


def _title() -> Label:
    label = Label()
    label.setObjectName("name")
    return label


def _beside(*widgets: QWidget) -> QHBoxLayout:
    """Widgets from left to right, as wide as they need to be."""
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
