"""Behind the lessons: the models of a step come first, then it is put up, read, and stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from rnn_desk.app.actions import choose, teach
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.app.documents import LESSON_SUFFIX
from rnn_desk.app.documents.lesson import (
    LessonFile,
    open_lesson,
    read_lesson_file,
    unpack,
    unpacked_before,
)
from rnn_desk.app.lessons import Lesson, LessonStep, lesson_named, lesson_of, lessons
from rnn_desk.app.values import Draft
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.questions import Answer, Readings
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.dialogs.question import Question, QuestionSheet
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.background import Background
from rnn_desk.qt.work.lesson_models import LessonModels
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.presenter import Presenter

CLICKER = {"lesson_next": "row_down", "lesson_back": "row_up"}
"""What the Page keys, and so a presenter's clicker, do in a lesson, and what otherwise."""


class LessonControl(Control):
    """Takes the desk from step to step, and puts it back as it was when the lesson is over.

    A step is put up once, when it is come to; the person does with the desk what they like.
    """

    ready = Signal()
    """The desk stands as the step says."""

    def __init__(
        self,
        store: QtStore,
        props: LessonModels,
        models: LoadedModels,
        presenter: Presenter,
        window: Window,
        actions: Mapping[str, QAction],
        chosen: ChosenReadings,
        background: Background,
        unpacked: Path,
        parent: QObject | None = None,
    ) -> None:
        """unpacked: where foreign models lie that were accepted."""
        super().__init__(parent)
        self._chosen = chosen
        self._background = background
        self._unpacked = unpacked
        self.sheet: QuestionSheet | None = None
        self._store = store
        self._props = props
        self._models = models
        self._presenter = presenter
        self._window = window
        self._actions = actions
        self._models_before: tuple[Model, ...] = ()
        self._given: Lesson | None = None
        self._waiting: Path | None = None
        props.arrived.connect(self._put_up)
        props.refused.connect(self._refused)
        presenter.shown.connect(self._look)
        presenter.shown.connect(self._see_task)
        window.lesson.answers.answered.connect(self.answer)
        models.changed.connect(self._begin_waiting)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            **{_action(lesson): partial(self.begin, lesson.name) for lesson in lessons()},
            "lesson_next": lambda: self.move(1),
            "lesson_back": lambda: self.move(-1),
            "lesson_close": self.end,
        }

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is given."""
        return None if self._store.state.teaching.place is None else self._given

    @property
    def number(self) -> int:
        """The number of its step, from 0."""
        place = self._store.state.teaching.place
        return 0 if place is None else place.step

    @property
    def step(self) -> LessonStep | None:
        """The step at which the lesson is."""
        return None if self.lesson is None else self.lesson.steps[self.number]

    @property
    def busy(self) -> bool:
        """Whether the desk does not yet stand as the step has it."""
        return self.lesson is not None and self._store.state.teaching.phase != "stands"

    def begin(self, name: str, number: int = 0) -> None:
        """Give the lesson of that name, or of that file, from this step on, counted from 0.

        Raises Refused.
        """
        if name.lower().endswith(LESSON_SUFFIX):
            path = Path(name)
            there = unpacked_before(read_lesson_file(path), self._unpacked)
            lesson: Lesson | None = open_lesson(path, there)
        else:
            lesson = lesson_named(name)
        if lesson is None:
            raise Refused(
                "There is no lesson {name}: choose from {known}",
                name=name,
                known=", ".join(each.name for each in lessons()),
            )
        self.give(lesson, number)

    def open(self, path: Path) -> None:
        """Give the lesson of that file, once there are models that read before and after it."""
        self._waiting = path
        if self._models.loaded:
            self._begin_waiting()

    def _begin_waiting(self, *_: object) -> None:
        path, self._waiting = self._waiting, None
        if path is not None:
            self.with_models(path, self._give)

    def _give(self, path: Path, draft: Draft) -> None:
        self.give(lesson_of(str(path.absolute()), draft), 0)

    def with_models(self, path: Path, then: Callable[[Path, Draft], object]) -> None:
        """Read the lesson of that file, and do this with it; other people's models in it are
        unpacked once a person has said so."""
        self.try_to(lambda: self._read(path, then))

    def _read(self, path: Path, then: Callable[[Path, Draft], object]) -> None:
        file = read_lesson_file(path)
        there = unpacked_before(file, self._unpacked)
        asked = [model for model in file.models if model.key not in there]
        if not asked:
            self._take(file, there, then)
            return
        names = ", ".join(model.name for model in asked)
        size = sum(model.size for model in asked) / 2**20
        without = file.with_models(there)
        answers = [(lambda: tr("Open it"), partial(self._unpack, file, then))]
        if without.steps:
            leave = partial(self._take, file, there, then)
            answers.append((lambda: tr("Leave its steps out"), partial(self.try_to, leave)))
        question = Question(
            lambda: tr("Models of somebody else's"),
            lambda: tr(
                "{file} brings along {names} ({size:.1f} MiB), which is not one of the "
                "program's own models. Open it only if you trust where the file comes from.",
                file=path.name,
                names=names,
                size=size,
            ),
            (*answers, (lambda: tr("Cancel"), _nothing)),
        )
        if self.sheet is not None:
            self.sheet.close()
        self.sheet = sheet = QuestionSheet(question, self._window)
        sheet.finished.connect(self._asked)
        sheet.show()
        sheet.activateWindow()

    def _asked(self, _: int) -> None:
        self.sheet = None

    def _unpack(self, file: LessonFile, then: Callable[[Path, Draft], object]) -> None:
        self._background.do(
            lambda: unpack(file, self._unpacked), lambda there: self._take(file, there, then)
        )

    def _take(
        self,
        file: LessonFile,
        there: Mapping[str, Path],
        then: Callable[[Path, Draft], object],
    ) -> None:
        for model in file.models:
            if model.reading is not None:  # a person's own word stands
                self._chosen.readings.setdefault(model.sha256, model.reading)
        then(file.path, file.with_models(there))

    def give(self, lesson: Lesson, number: int) -> None:
        """Give this lesson from that step on, counted from 0. Raises Refused."""
        if not 0 <= number < len(lesson.steps):
            raise Refused(
                "The lesson {name} has steps 1 to {last}", name=lesson.name, last=len(lesson.steps)
            )
        if self.lesson is None:
            self._models_before = self._models.loaded
            self._props.hold(self._models_before)
            self._store.do(choose.layout, *self._window.layout_words())
        self._given = lesson
        self._store.do(teach.begin, lesson, number)
        self._props.want(lesson, self._chosen.readings)
        self._lend_keys(to_lesson=True)
        self._put_up()
        self._show()

    def answer(self, given: Answer | None) -> None:
        """Answer what the step asks; None has the answer shown."""
        self._store.do(teach.answer, given, self.readings())

    def readings(self) -> Readings:
        """What a question is about: of what is on the canvas, at the row that the step has."""
        state = self._store.state
        drawing = state.canvas.finished
        label = drawing.label if isinstance(drawing, Drawing) else None
        said = "" if label is None else str(label)
        presenter = self._presenter
        return Readings(presenter.traces, state.teaching.row, said, presenter.beside)

    def _see_task(self, *_: object) -> None:
        """See whether what was drawn is what the step asks for."""
        state = self._store.state
        asks = state.teaching.asks
        drawn = teach.own_drawing(state) is not None and not state.canvas.pen_is_down
        if asks is not None and asks.kind == "draw" and drawn and self._presenter.settled:
            self.answer(given=True)

    def move(self, by: int) -> None:
        """So many steps on, or back, as far as there are any; on from a question, to its answer."""
        teaching = self._store.state.teaching
        if by == 1 and teaching.asks is not None and teaching.phase == "stands":
            self.answer(None)
            return
        lesson, number = self.lesson, self.number + by
        if lesson is not None and 0 <= number < len(lesson.steps):
            self._store.do(teach.go, number)
            self._put_up()
            self._show()

    def end(self) -> None:
        """The lesson is over: everything is as it was before it."""
        if self.lesson is None:
            return
        before, self._models_before = self._models_before, ()
        self._use(before)
        self._store.do(teach.end)
        self._window.docks.arrange(self._store.state.layout.panels)
        self._props.want(None)
        self._props.hold(())
        self._lend_keys(to_lesson=False)
        self._show()

    def remember(self) -> None:
        """End the lesson, so that what was before it is remembered."""
        self.end()

    def _put_up(self) -> None:
        """Put the step up, if it is due and its models are there."""
        step = self.step
        if step is None or self._store.state.teaching.phase != "due":
            return
        models = self._props.models(step.models)
        if models is None:
            return
        self._use(models)
        self._store.do(teach.put_up, step, tuple(model.units for model in models))
        self._window.docks.arrange(step.state.layout.panel or "")
        self._show()
        self._look()

    def _look(self, *_: object) -> None:
        """Point at what the step speaks of, once its digit has been read."""
        step = self.step
        if step is None or self._store.state.teaching.phase != "put up":
            return
        if self._presenter.settled:
            # A person may have opened another model since, which has other rows and units.
            wanted = self._props.models(step.models) or ()
            own = _shown(wanted) == _shown(self._models.loaded)
            self._store.do(teach.stand, step, self._presenter.trace if own else None)
            self._show()
            self.ready.emit()

    def _use(self, models: tuple[Model, ...]) -> None:
        if _shown(models) != _shown(self._models.loaded):
            self._models.use(models)

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
        due = self._store.state.teaching.phase == "due"
        names = tuple(model.card.name for model in self._models.loaded)
        first = self._models.loaded[:1]
        classes = first[0].card.classes if first else ()
        teaching = self._store.state.teaching
        stands = teaching.ask is not None and teaching.phase == "stands"
        truth = teaching.ask.truth(self.readings()) if stands and teaching.ask else None
        self._window.speaker.show_step(self.lesson, self.number, names, truth)
        self._window.lesson.show_step(self.lesson, self.number, () if due else names, classes)


def _nothing() -> None:
    """Leave everything as it is."""


def _action(lesson: Lesson) -> str:
    """The name of the action that begins it."""
    return f"lesson_{lesson.name}"


def _shown(models: tuple[Model, ...]) -> list[object]:
    """Which models read, and which tensors are watched in each."""
    return [(model.path, [tensor.name for tensor in model.watched]) for model in models]
