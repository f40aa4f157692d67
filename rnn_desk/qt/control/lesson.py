"""Behind the lessons: which one is given, at which step, and how the desk stood before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rnn_desk.core.errors import Refused
from rnn_desk.core.lesson import Lesson, LessonStep, lessons
from rnn_desk.qt.control.stage import DeskState, RuledUnit, Stage
from rnn_desk.qt.state.selection import Unit
from rnn_desk.qt.work.lesson_props import LessonProps

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from rnn_desk.qt.desk import Desk

CLICKER = {"lesson_next": "row_down", "lesson_back": "row_up"}
"""What the Page keys, and so a presenter's clicker, do in a lesson, and what otherwise."""


class LessonControl(QObject):
    """Takes the desk from step to step, and puts it back as it was when the lesson is over.

    A step is put up once, when it is come to; the person does with the desk what they like.
    """

    changed = Signal()
    """Another lesson or step, or none any more, or the step's models have come."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._stage = Stage(desk)
        self._props = LessonProps(self)
        self._before: DeskState | None = None
        self._put = ""
        self._waits = False
        self.lesson: Lesson | None = None
        self.number = 0
        self.ready = self._stage.ready
        self._props.arrived.connect(self._arrived)
        self._props.refused.connect(self._refused)
        desk.models.changed.connect(self._set_actions)
        self._set_actions()

    @property
    def step(self) -> LessonStep | None:
        """The step at which the lesson is."""
        return None if self.lesson is None else self.lesson.steps[self.number]

    @property
    def busy(self) -> bool:
        """Whether the desk does not yet stand as the step has it."""
        return self._waits or self._stage.busy

    @property
    def waits(self) -> bool:
        """Whether the step's models are still being opened."""
        return self._waits

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
        self.lesson = known[name]
        self._put = ""
        self._props.want(self.lesson)
        self._lend_keys(to_lesson=True)
        self._go(number)

    def move(self, by: int) -> None:
        """So many steps on, or back, as far as there are any."""
        if self.lesson is not None and 0 <= self.number + by < len(self.lesson.steps):
            self._go(self.number + by)

    def end(self) -> None:
        """The lesson is over: everything is as it was before it."""
        if self._before is None:
            return
        before, self._before = self._before, None
        self.lesson, self._waits = None, False
        self._props.want(None)
        self._lend_keys(to_lesson=False)
        self._stage.put_up(before)
        self._set_actions()
        self.changed.emit()

    def stop(self) -> None:
        """End the lesson, so that what was before it is remembered, and the thread."""
        self.end()
        self._props.stop()

    def _go(self, number: int) -> None:
        self.number = number
        self._waits = True
        self._arrived()
        self._set_actions()
        self.changed.emit()

    def _arrived(self) -> None:
        """Put the step up, if it is due and everything for it is there."""
        if self.step is None or not self._waits:
            return
        state = self._state_of(self.step)
        if state is not None:
            self._waits = False
            self._put = self.step.digit
            self._stage.put_up(state)
            self.changed.emit()

    def _state_of(self, step: LessonStep) -> DeskState | None:
        """The desk as the step wants it; a digit that was put there before is not put there again,
        as the person may have drawn another since."""
        document = self._desk.document
        readers = self._props.readers(step.models)
        kept = step.digit == self._put
        drawing = document.finished if kept else self._props.digit(step.digit)
        if readers is None or drawing is None:
            return None
        return DeskState(
            readers,
            drawing,
            step.experiment,
            step.row - 1 if isinstance(step.row, int) else step.row,
            _unit(step),
            tuple(
                (step.shows[index] if index < len(step.shows) else "h", "stored")
                for reader in readers
                for index in range(len(reader.layers))
            ),
            step.gradient or step.cells,
            step.cells,
            "answer",
            "saliency" if step.saliency else "none",
            step.panel,
            step.play,
        )

    def _refused(self, refusal: Refused) -> None:
        self.end()
        self._desk.refuse(refusal)

    def _lend_keys(self, to_lesson: bool) -> None:
        """The Page keys belong to one action at a time: two would have Qt choose neither."""
        actions: Mapping[str, QAction] = self._desk.actions
        for action, other in CLICKER.items():
            lent = actions[action].shortcuts()
            own = [keys for keys in actions[other].shortcuts() if keys not in lent]
            actions[other].setShortcuts(own if to_lesson else [*own, *lent])

    def _set_actions(self, *_: object) -> None:
        actions = self._desk.actions
        for lesson in lessons():
            action = actions[f"lesson_{lesson.name}"]
            action.setEnabled(bool(self._desk.models.readers))
            action.setChecked(self.lesson is not None and self.lesson.name == lesson.name)
        last = 0 if self.lesson is None else len(self.lesson.steps) - 1
        actions["lesson_close"].setEnabled(self.lesson is not None)
        actions["lesson_back"].setEnabled(self.lesson is not None and self.number > 0)
        actions["lesson_next"].setEnabled(self.lesson is not None and self.number < last)


def _unit(step: LessonStep) -> Unit | RuledUnit | None:
    place = step.unit_place
    if place is None:
        return None
    layer, which = place
    return Unit(0, layer, int(which) - 1) if which.isdigit() else RuledUnit(layer, which)
