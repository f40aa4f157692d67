"""The window without a screen: pictures of it as a scene describes it, and how fast it paints."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rnn_desk.app import guide_page, schema
from rnn_desk.app.actions import choose, draw, point, teach
from rnn_desk.app.lesson_page import Shown, page
from rnn_desk.app.question_words import answer_words
from rnn_desk.app.schema import Patch
from rnn_desk.app.state import AppState, Pointed
from rnn_desk.app.text import Document
from rnn_desk.assets_door import default_model
from rnn_desk.core.drawing import CANVAS_SIZE, Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Original
from rnn_desk.protocol.model import Model
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.images.animation import fitted, write_animation
from rnn_desk.qt.images.formats import ANIMATED
from rnn_desk.qt.images.write import picture_file, save_picture
from rnn_desk.qt.platform import messages, startup
from rnn_desk.qt.program import application
from rnn_desk.qt.style.figure import as_it_stands
from rnn_desk.qt.style.language import speak, system_language
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.window import Window
from rnn_desk.stop_signals import NotedInterrupt

RENDER_SECONDS = 60
"""How long a picture waits for its model and its reading."""

_LIGHT = choose.theme(AppState(), "light")
"""The state that pictures begin with."""

_EAR_MS = 100

_SIZE = (1366, 768)
"""Pixels of the window where nobody says how many."""

TIMED = 20
"""Readings by which a picture of the window tells what one takes."""


@dataclass(frozen=True)
class Scene:
    """What a picture of the window shows, beside the model and the drawing.

    record: what is said of the state, as `app.schema` has it. size: of the picture, in pixels; None
    is the usual one, and of an animation that of what it shows. panel: the panel in front of those
    that share its place. opened: a file that somebody opens at the end, for what the window has to
    say of it. lesson, step: the desk as that step, counted from 1, has it, whatever else is said
    here. present: in the letters for a projector.
    """

    record: Mapping[str, object] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    panel: str | None = None
    opened: Path | None = None
    lesson: str | None = None
    step: int = 1
    present: bool = False

    @property
    def patch(self) -> Patch:
        """What is said of the state. Raises Refused."""
        return schema.read(self.record, Document.RENDER)


def render(out: Path, drawing: Original | None, scene: Scene) -> None:
    """Write the window's picture, or the reading as an animation. Raises Refused.

    Needs no screen.
    """
    state = scene.patch.over(_LIGHT)
    with _desk_without_screen(state) as stage:
        desk, window = stage.desk, stage.desk.window
        window.resize(*(scene.size or _SIZE))
        window.enlarge(scene.present, (scene.size or _SIZE)[1])
        window.show()
        model = state.models.first
        _wait(stage, default_model() if model is None else Path(model.path), drawing)
        _set_scene(stage, scene)
        _read_often(stage)
        for _ in range(3):  # a layout within a layout takes its turn after it
            QApplication.processEvents()
        if out.suffix.lower() in ANIMATED:
            write_animation(out, desk.store, lambda: _frame(stage, scene.size))
        else:
            _check_size(window, scene.size or _SIZE)
            save_picture(window, out)


def lesson_page(name: str, language: str, size: tuple[int, int]) -> str:
    """A lesson as a page to be printed; its name is one of the program's own, or its file. Raises
    Refused."""
    with _desk_without_screen(choose.language(_LIGHT, language)) as stage:
        desk, window = stage.desk, stage.desk.window
        window.resize(*size)
        window.show()
        _wait(stage, default_model(), None)
        desk.lessons.begin(name)
        lesson = desk.lessons.lesson
        assert lesson is not None
        shown = []
        for number, step in enumerate(lesson.steps):
            _begin_lesson(stage, name, number)
            for _ in range(3):  # a layout within a layout takes its turn after it
                QApplication.processEvents()
            picture = picture_file(as_it_stands(window), Path("step.png"))
            shown.append(Shown(step, picture, _right_answer(stage)))
        return page(lesson, shown, tr, QLocale().bcp47Name())


def _right_answer(stage: _Stage) -> str:
    """What is right of the question that the step asks, in words; "" where it asks none."""
    desk = stage.desk
    ask = desk.store.state.teaching.ask
    if ask is None:
        return ""
    truth = ask.truth(desk.lessons.readings())
    names = tuple(model.card.name for model in desk.models.loaded)
    return "" if truth is None else answer_words(ask, truth, names, tr)


def _frame(stage: _Stage, size: tuple[int, int] | None) -> QImage:
    """The reading as it stands, as large as it is, or on a ground of that size."""
    stage.interrupt.check()
    window, writer = stage.desk.window, stage.desk.writer
    _until(stage, lambda: writer.settled)
    image = window.reading_picture()
    return image if size is None else fitted(image, QSize(*size), window.theme.window)


def _check_size(window: Window, size: tuple[int, int]) -> None:
    """Raise Refused where the window needs more room than that."""
    if (window.width(), window.height()) != size:
        raise Refused(
            "The window cannot be as small as {width} x {height}: what it shows needs "
            "{least_width} x {least_height}",
            width=size[0],
            height=size[1],
            least_width=window.width(),
            least_height=window.height(),
        )


def paint_times(model: Path, drawings: Iterable[Drawing]) -> list[float]:
    """Milliseconds that the window, with no screen, takes for each drawing from its Trace to the
    painted views. Raises Refused."""
    taken = []
    with _desk_without_screen(choose.language(_LIGHT, "en")) as stage:
        desk, window = stage.desk, stage.desk.window
        window.resize(*_SIZE)
        window.show()
        _wait(stage, model, None)
        for drawing in drawings:
            desk.store.do(draw.lay, drawing.resized(CANVAS_SIZE))
            _until(stage, lambda: desk.settled)
            assert desk.trace is not None
            traces = (desk.trace,)
            QApplication.processEvents()
            began = time.perf_counter()
            window.show_traces(traces)
            QApplication.processEvents()
            taken.append((time.perf_counter() - began) * 1e3)
    return taken


def guide(language: str | None) -> str:
    """The teacher's guide as a page, in that language or the system's. Raises Refused."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    messages.to_log()
    with startup.screen():
        application()
    speak(language)
    return guide_page.page(tr, language or system_language())


@dataclass(frozen=True)
class _Stage:
    """The desk whose window nobody sees, and whether somebody has had enough of waiting."""

    desk: Desk
    interrupt: NotedInterrupt


@contextmanager
def _desk_without_screen(state: AppState) -> Iterator[_Stage]:
    """A desk whose window nobody sees, gone with the block. Raises Refused."""
    os.environ.update(startup.without_screen())
    messages.to_log()
    with startup.screen():
        application()
    speak(state.look.language)
    with NotedInterrupt() as interrupt:
        desk = Desk(state)
        try:
            desk.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            yield _Stage(desk, interrupt)
        finally:
            desk.window.close()
            desk.window.deleteLater()
            desk.deleteLater()


def _set_scene(stage: _Stage, scene: Scene) -> None:
    """Make the desk show it. Raises Refused."""
    desk = stage.desk
    models, presenter, window = desk.models, desk.presenter, desk.window
    if scene.lesson is not None:
        _begin_lesson(stage, scene.lesson, scene.step - 1)
        return
    said = scene.patch
    if (second := said.over(AppState()).models.second) is not None:
        desk.open_model(Path(second.path), 1)
        _until(stage, lambda: len(models.loaded) > 1)
    _check(said.over(AppState()).pointed, models.loaded[0])
    desk.store.do(choose.all_of, said)
    _until(stage, lambda: desk.baselines.ready and presenter.settled and desk.writer.settled)
    desk.store.do(teach.resolve, presenter.trace)
    if scene.panel is not None:
        QApplication.processEvents()
        window.docks.show(scene.panel)
    if scene.opened is not None:
        before = models.loaded, desk.store.state.canvas.shown
        desk.files.open(scene.opened)

        def opened() -> bool:
            other = (models.loaded, desk.store.state.canvas.shown) != before
            return not window.banner.isHidden() or (other and presenter.settled)

        _until(stage, opened, refused_too=True)


def _check(pointed: Pointed, model: Model) -> None:
    """Raises Refused where a row or a unit is to be pointed at that is none."""
    row, unit, layers = pointed.pinned, pointed.pinned_unit, model.layers
    if row is not None and row >= model.card.side:
        raise Refused(
            "This model reads {rows} rows, and there is no row {row}",
            rows=model.card.side,
            row=row + 1,
        )
    if unit is not None and (unit.layer >= len(layers) or unit.unit >= layers[unit.layer].units):
        raise Refused(
            "This model has no unit {unit} in a layer {layer}",
            unit=unit.unit + 1,
            layer=unit.layer + 1,
        )


def _begin_lesson(stage: _Stage, name: str, step: int) -> None:
    """Make the desk stand as the step has it, not moving. Raises Refused."""
    mapped: list[object] = []
    desk = stage.desk
    models, presenter = desk.models, desk.presenter
    desk.survey.mapped.connect(mapped.append)
    before = models.loaded[0]
    desk.lessons.begin(name, step)
    _until(stage, lambda: not desk.lessons.busy)
    _until(stage, lambda: bool(mapped) or models.loaded[0] is before)
    _until(stage, lambda: desk.baselines.ready and presenter.settled and desk.writer.settled)
    desk.store.do(point.play, False)
    _until(stage, lambda: desk.writer.settled)


def _read_often(stage: _Stage) -> None:
    """Read the drawing some times more: the first readings by a model take longer than any that
    come after them, and the window says how long a reading takes."""
    desk = stage.desk
    if desk.store.state.canvas.shown.is_empty:
        return
    read: list[object] = []
    desk.presenter.timed.connect(read.append)
    for _ in range(TIMED):
        _until(stage, lambda: desk.settled)
        read.clear()
        desk.presenter.read_again()
        _until(stage, lambda: bool(read))
    desk.presenter.timed.disconnect(read.append)


def _wait(stage: _Stage, model: Path, drawing: Original | None) -> None:
    """Run the event loop until the model is there, has read the drawing on its device, and has its
    map of states.

    Raises Refused.
    """
    desk, presenter = stage.desk, stage.desk.presenter
    mapped: list[object] = []
    desk.survey.mapped.connect(mapped.append)
    if drawing is not None:
        desk.store.do(draw.lay, drawing.resized(CANVAS_SIZE))
    desk.open_model(model)

    def ready() -> bool:
        read = presenter.settled
        return bool(mapped) and read and not desk.devices.busy

    _until(stage, ready)


def _until(stage: _Stage, ready: Callable[[], bool], refused_too: bool = False) -> None:
    """Run the event loop until it is so. Raises Refused where something is refused meanwhile,
    unless that is waited for."""
    desk, interrupt = stage.desk, stage.interrupt
    loop = QEventLoop()
    refusals: list[Refused] = []
    sources = (desk.presenter, desk.choice, desk.views, desk.background)
    refused = [source.refused for source in sources]
    shown = (desk.presenter.shown, desk.presenter.timed)
    heard = [*refused, desk.survey.mapped, *shown, desk.lessons.ready]

    def look() -> None:
        if interrupt.noted or refusals or ready():
            loop.exit(0)

    for signal_ in refused:
        signal_.connect(refusals.append)
    for signal_ in heard:
        signal_.connect(look)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: loop.exit(1))
    late.start(RENDER_SECONDS * 1000)
    ear = QTimer()  # Python hears of Ctrl+C when Qt calls any of it
    ear.timeout.connect(look)
    ear.start(_EAR_MS)
    timed_out = not ready() and loop.exec() == 1
    for signal_ in heard:
        signal_.disconnect(look)
    for signal_ in refused:
        signal_.disconnect(refusals.append)
    interrupt.check()
    if refusals and not refused_too:
        raise refusals[0]
    if timed_out:
        raise Refused(
            "The window did not show all of it within {seconds} s: try again when the machine has "
            "less to do",
            seconds=RENDER_SECONDS,
        )
