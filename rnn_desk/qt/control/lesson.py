"""Behind the lessons: which one is given, at which step, and how the desk stood before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rnn_desk.app.values import Unit
from rnn_desk.core.errors import Refused
from rnn_desk.core.lesson import Lesson, LessonStep, lessons
from rnn_desk.core.picture import Original
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.control.stage import DeskState, RuledUnit, Stage
from rnn_desk.qt.window.lesson_strip import LessonStrip
from rnn_desk.qt.work.lesson_props import LessonProps
from rnn_desk.qt.work.models import LoadedModels

CLICKER = {"lesson_next": "row_down", "lesson_back": "row_up"}
"""What the Page keys, and so a presenter's clicker, do in a lesson, and what otherwise."""


class LessonControl(Control):
    """Takes the desk from step to step, and puts it back as it was when the lesson is over.

    A step is put up once, when it is come to; the person does with the desk what they like. What
    they drew and the unit that they chose stay from step to step, where they can.
    """

    def __init__(
        self,
        stage: Stage,
        props: LessonProps,
        store: QtStore,
        models: LoadedModels,
        strip: LessonStrip,
        actions: Mapping[str, QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._props = props
        self._store = store
        self._models = models
        self._strip = strip
        self._actions = actions
        self._before: DeskState | None = None
        self._put = ""
        self._chosen: Unit | None = None
        self._units: dict[tuple[str, str], Unit] = {}
        self._waits = False
        self.lesson: Lesson | None = None
        self.number = 0
        self.ready = stage.ready
        stage.ready.connect(self._stands)
        props.arrived.connect(self._arrived)
        props.refused.connect(self._refused)
        models.changed.connect(self._set_actions)
        self._set_actions()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            **{_action(lesson): partial(self.begin, lesson.name) for lesson in lessons()},
            "lesson_next": lambda: self.move(1),
            "lesson_back": lambda: self.move(-1),
            "lesson_close": self.end,
        }

    @property
    def step(self) -> LessonStep | None:
        """The step at which the lesson is."""
        return None if self.lesson is None else self.lesson.steps[self.number]

    @property
    def busy(self) -> bool:
        """Whether the desk does not yet stand as the step has it."""
        return self._waits or self._stage.busy

    def begin(self, name: str, number: int = 0) -> None:
        """Give the lesson of that name, from this step on, counted from 0. Raises Refused."""
        known = {lesson.name: lesson for lesson in lessons()}
        if name not in known:
            raise Refused(
                "There is no lesson {name}: choose from {known}",
                name=name,
                known=", ".join(known),
            )
        if not 0 <= number < len(known[name].steps):
            raise Refused(
                "The lesson {name} has steps 1 to {last}", name=name, last=len(known[name].steps)
            )
        if self._before is None:
            self._before = self._stage.as_it_stands()
            self._props.hold(self._before.models)
        self.lesson = known[name]
        self._put, self._chosen = "", None
        self._units.clear()
        self._props.want(self.lesson)
        self._lend_keys(to_lesson=True)
        self._go(number)

    def move(self, by: int) -> None:
        """So many steps on, or back, as far as there are any."""
        if self.lesson is not None and 0 <= self.number + by < len(self.lesson.steps):
            if not self.busy:
                pinned = self._store.state.pointed.pinned_unit
                self._chosen = None if pinned == self._unit else pinned
            self._go(self.number + by)

    def end(self) -> None:
        """The lesson is over: everything is as it was before it."""
        if self._before is None:
            return
        before, self._before = self._before, None
        own = self._own_drawing
        if own is not None:  # nothing that was drawn is lost
            before = replace(before, past=before.past.with_step(own, before.experiment))
        self.lesson, self._waits = None, False
        self._props.want(None)
        self._lend_keys(to_lesson=False)
        self._stage.put_up(before)
        self._props.hold(())
        self._set_actions()
        self._show()

    def remember(self) -> None:
        """End the lesson, so that what was before it is remembered."""
        self.end()

    @property
    def _own_drawing(self) -> Original | None:
        """What the person drew, if that is what lies on the canvas."""
        drawing = self._store.state.canvas.finished
        lent = not self._put or drawing.is_empty or drawing is self._props.digit(self._put)
        return None if lent else drawing

    @property
    def _unit(self) -> Unit | RuledUnit | None:
        """The unit of the step: as it was found when the lesson first came to it."""
        return None if self.step is None else self._units.get(_place(self.step), _unit(self.step))

    def _go(self, number: int) -> None:
        self.number = number
        self._waits = True
        self._arrived()
        self._set_actions()
        self._show()

    def _arrived(self) -> None:
        """Put the step up, if it is due and everything for it is there."""
        if self.step is None or not self._waits:
            return
        state = self._state_of(self.step)
        if state is not None:
            self._waits = False
            self._put = self.step.digit
            self._stage.put_up(state)
            self._show()

    def _state_of(self, step: LessonStep) -> DeskState | None:
        """The desk as the step wants it; a digit that was put there before is not put there again
        where the person has drawn another since."""
        models = self._props.models(step.models)
        own = self._own_drawing if step.digit == self._put else None
        drawing = self._props.digit(step.digit) if own is None else own
        if models is None:
            return None
        return DeskState(
            models,
            drawing,
            step.experiment,
            step.row - 1 if isinstance(step.row, int) else step.row,
            self._chosen if _has(models, self._chosen) else self._unit,
            tuple(
                (step.shows[index] if index < len(step.shows) else "h", "stored")
                for model in models
                for index in range(len(model.layers))
            ),
            step.gradient or step.cells,
            step.cells,
            "answer",
            "saliency" if step.saliency else "none",
            step.panel,
            line=step.line,
            columns=step.columns,
            play=step.play,
        )

    def _stands(self) -> None:
        """The desk stands as the step has it: the unit that it shows is its unit from now on."""
        pinned = self._store.state.pointed.pinned_unit
        if self.step is None or not self.step.unit:
            return
        if pinned is not None and pinned != self._chosen:
            self._units.setdefault(_place(self.step), pinned)

    def _refused(self, refusal: Refused) -> None:
        self.end()
        self.refused.emit(refusal)

    def _lend_keys(self, to_lesson: bool) -> None:
        """The Page keys belong to one action at a time: two would have Qt choose neither."""
        actions = self._actions
        for action, other in CLICKER.items():
            lent = actions[action].shortcuts()
            own = [keys for keys in actions[other].shortcuts() if keys not in lent]
            actions[other].setShortcuts(own if to_lesson else [*own, *lent])

    def _show(self) -> None:
        """The step with its models, once they have come."""
        names = tuple(model.card.name for model in self._models.loaded)
        self._strip.show_step(self.lesson, self.number, () if self._waits else names)

    def _set_actions(self, *_: object) -> None:
        actions = self._actions
        for lesson in lessons():
            action = actions[_action(lesson)]
            action.setEnabled(bool(self._models.loaded))
            action.setChecked(self.lesson is not None and self.lesson.name == lesson.name)
        last = 0 if self.lesson is None else len(self.lesson.steps) - 1
        actions["lesson_close"].setEnabled(self.lesson is not None)
        actions["lesson_back"].setEnabled(self.lesson is not None and self.number > 0)
        actions["lesson_next"].setEnabled(self.lesson is not None and self.number < last)


def _action(lesson: Lesson) -> str:
    """The name of the action that begins it."""
    return f"lesson_{lesson.name}"


def _place(step: LessonStep) -> tuple[str, str]:
    """Of which model's which unit the step speaks."""
    return step.model, step.unit


def _has(models: tuple[Model, ...], unit: Unit | None) -> bool:
    """Whether there is such a unit."""
    if unit is None or unit.model >= len(models):
        return False
    layers = models[unit.model].layers
    return unit.layer < len(layers) and unit.unit < layers[unit.layer].units


def _unit(step: LessonStep) -> Unit | RuledUnit | None:
    place = step.unit_place
    if place is None:
        return None
    layer, which = place
    return Unit(0, layer, int(which) - 1) if which.isdigit() else RuledUnit(layer, which)
