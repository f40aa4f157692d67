"""Lessons on the real window: every step, the keys, the pen in between, and everything put back."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rnn_desk.app.actions import draw, intervene, point
from rnn_desk.app.codecs import EMPTY, reference_digit
from rnn_desk.app.documents.settings import load
from rnn_desk.app.lessons import lessons
from rnn_desk.app.values import Reply, Unit
from rnn_desk.assets_door import asset, catalogue
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment
from rnn_desk.core.landmarks import ROWS, UNITS
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.equations import NAMES, NUMBERS
from rnn_desk.qt.work import lesson_models
from tests.helpers import pen, task_drawings
from tests.helpers.model_files import FILES

LOAD_MS = 30_000
LAYOUTS = 8
"""Turns of the event loop, more than a new font takes to go through all layouts."""

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ready(qtbot, desk):
    """Wait until the desk stands as the step has it."""

    def wait():
        qtbot.waitUntil(lambda: not desk.lessons.busy, timeout=LOAD_MS)
        qtbot.waitUntil(lambda: desk.settled, timeout=LOAD_MS)

    return wait


@pytest.fixture
def own(desk, settle, own_drawings):
    """A desk as a person left it: a drawing, an experiment, a row, a unit, and all else chosen."""
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 6))
    desk.store.do(intervene.try_out, Experiment(covered=frozenset({3})))
    desk.actions["gradient"].trigger()
    settle()
    desk.store.do(point.pin, 11)
    desk.store.do(point.pin_unit, Unit(0, 1, 7))
    first, _ = desk.window.reading.rows.layer_views()
    first.show_quantity("f")
    first.order_by("peak")
    desk.window.docks["map"].hide()
    return desk


def standing(desk):
    """Everything of the desk that a lesson may change."""
    window = desk.window
    return {
        "models": [reader.path for reader in desk.models.loaded],
        "drawing": desk.store.state.canvas.finished,
        "experiment": desk.store.state.lab,
        "row": desk.store.state.pointed.pinned,
        "unit": desk.store.state.pointed.pinned_unit,
        "shows": [(v.quantity, v.shown.order) for v in window.reading.rows.layer_views()],
        "views": desk.store.state.views,
        "panels": {name for name, dock in window.docks.items() if not dock.isHidden()},
        "equation": window.panels.unit.line,
        "past": desk.store.state.past,
        "strip": window.lesson.isVisible(),
        "playing": window.reading.timer.isActive(),
    }


def key(desk, name, modifier=Qt.KeyboardModifier.NoModifier):
    if not desk.window.isActiveWindow():  # as no other one is there that a person may look at
        desk.window.activateWindow()
        assert QTest.qWaitForWindowActive(desk.window)
    QTest.keyClick(desk.window.canvas, name, modifier)


def give(desk, answer):
    """Give that answer by a click on its button, as a person would."""
    strip, asks = desk.window.lesson, desk.store.state.teaching.asks
    if asks.kind == "row":
        desk.store.do(point.pin, answer)
        [button] = strip.answers.buttons
    elif asks.kind == "class":
        [button] = [each for each in strip.answers.buttons if each.text() == answer]
    else:
        button = strip.answers.buttons[int(not answer) if asks.kind == "yes" else answer]
    QTest.mouseClick(button, LEFT)


def wrong(asks, truth):
    """An answer that is not right."""
    if asks.kind == "class":
        return "0" if truth != "0" else "1"
    if asks.kind == "row":
        return (truth + 14) % 28
    return not truth if asks.kind == "yes" else 1 - truth


def speaks(desk, lesson, number):
    """Whether the strip says the step, and what it asks or said of it, in the window's language."""
    step, strip = lesson.steps[number], desk.window.lesson
    ask = step.state.teaching.ask
    assert strip.words.text() == tr(step.words)
    assert tr(lesson.title) in strip.heading.text()
    assert f"{number + 1}" in strip.heading.text().replace(tr(lesson.title), "")
    if desk.store.state.look.language == "zh":
        assert strip.words.text() != step.words
    if ask is not None:
        asked = desk.store.state.teaching.asks is not None
        assert (tr(ask.words) if asked else tr(ask.then)) in strip.question.text()
    return True


def in_the_other_language(desk):
    other = "en" if desk.store.state.look.language == "zh" else "zh"
    desk.actions[f"language_{other}"].trigger()
    QApplication.processEvents()


def ask_twice(desk, ready, lesson, number):
    """Answer the step's question wrongly; then, as it is asked again, rightly, in the other
    language."""
    teaching = desk.store.state.teaching
    asks, hidden = teaching.asks, teaching.hidden
    answers = [view for view in desk.window.answers if view.isVisible()]
    if "answer" in hidden:
        assert all(view.answer_words()[0] == "?" for view in answers)
        assert desk.window.answers[0].numbers() is None
    if "belief" in hidden and desk.window.docks["unit"].isVisible():
        assert not desk.window.panels.unit.hint.text()  # it would name the class that rises most
    assert speaks(desk, lesson, number)
    if asks.kind == "draw":
        assert not teaching.hidden
        QTest.mouseClick(desk.window.lesson.next, LEFT)
        assert desk.store.state.teaching.reply == Reply(None, None, right=False)
    else:
        truth = asks.truth(desk.lessons.readings())
        assert truth is not None
        give(desk, wrong(asks, truth))
        assert desk.store.state.teaching.reply == Reply(wrong(asks, truth), truth, right=False)
    assert speaks(desk, lesson, number)
    in_the_other_language(desk)
    assert speaks(desk, lesson, number)
    if number:
        QTest.mouseClick(desk.window.lesson.back, LEFT)
        ready()
        if desk.store.state.teaching.asks is not None:
            QTest.mouseClick(desk.window.lesson.next, LEFT)  # shows what was asked
        QTest.mouseClick(desk.window.lesson.next, LEFT)
    else:
        desk.lessons.begin(lesson.name, number)
    ready()
    if asks.kind == "draw":
        desk.store.do(draw.put, task_drawings.done()[lesson.name])
        ready()
        assert desk.store.state.teaching.reply == Reply(True, None, right=True)
    else:
        give(desk, truth)
        assert desk.store.state.teaching.reply == Reply(truth, truth, right=True)
    assert desk.store.state.teaching.hidden == frozenset()
    assert speaks(desk, lesson, number)
    assert all(view.numbers() is not None for view in answers)


MOVES = {
    ("rows", 7): "the map gets its room where it is first spoken of; the rows are high till then"
}
"""The steps at which what a class looks at goes elsewhere although as many models read, and why."""


def places(desk):
    """Where a class finds what it looks at, and how large that is."""
    window, rows = desk.window, desk.window.reading.rows
    views = [window.lesson, window.canvas, rows, rows.views()[-1], window.answer]
    return rows.axis, [(view.mapTo(window, QPoint(0, 0)), view.size()) for view in views]


def laid_out(desk):
    """The same, once what one layout asks of the next has been done."""
    before, now = None, places(desk)
    while before != now:
        for _ in range(LAYOUTS):
            QApplication.processEvents()
        before, now = now, places(desk)
    return now


def may_move(lesson, number):
    """Whether that step, from 1, may have all of it elsewhere than the one before."""
    before, now = lesson.steps[number - 2 : number]
    return (
        (lesson.name, number) in MOVES
        or len(before.models) != len(now.models)
        or before.state.writing != now.state.writing
    )


FIRST, *OTHERS = [lesson.name for lesson in lessons()]


@pytest.mark.parametrize(
    "name", [FIRST, *(pytest.param(n, marks=pytest.mark.slow) for n in OTHERS)]
)
def test_every_step_stands_as_it_says_in_two_languages_and_all_is_put_back(own, ready, name, qtbot):
    desk, before, stood = own, standing(own), None
    [lesson] = [lesson for lesson in lessons() if lesson.name == name]
    units = {}
    desk.actions[f"lesson_{name}"].trigger()
    for number, step in enumerate(lesson.steps, start=1):
        ready()
        now, trace = standing(desk), desk.trace
        assert now["models"] == [asset("models", f"{model}.onnx") for model in step.models]
        said, digit = step.state, step.record["digit"]
        if digit == EMPTY:
            assert not now["drawing"].strokes
            assert trace is None
        else:
            assert trace is not None
            drawn = now["drawing"]
            label = "" if drawn.label is None else f"{drawn.label} "
            assert f"{label}{drawn.extra['style']}" == digit
        assert now["experiment"] == said.lab
        row, unit = said.pointed.stays, said.pointed.unit_stays
        row = ROWS[row](trace) if isinstance(row, str) else row
        assert now["row"] == (0 if said.pointed.playing else row)
        assert now["playing"] == said.pointed.playing
        if unit is None:
            assert now["unit"] is None
        else:
            found = Unit(0, unit.layer, UNITS[unit.rule](trace.layers[unit.layer]))
            assert now["unit"] == units.setdefault(unit, found)  # the same one throughout
        wanted = dict(enumerate(step.record.get("shows", "")))  # of every model's layers
        views = desk.window.reading.rows.layer_views()
        assert [v.quantity for v in views] == [wanted.get(v.index, "h") for v in views]
        assert now["views"] == said.views
        assert now["panels"] == {panel for panel in [said.layout.panel] if panel}
        assert not desk.store.state.past.can_undo
        strip = desk.window.lesson
        assert strip.isVisible()
        if stood is not None and not may_move(lesson, number):
            qtbot.waitUntil(lambda stood=stood: places(desk) == stood)
        assert all(reader.card.name in strip.heading.text() for reader in desk.models.loaded)
        if desk.store.state.teaching.asks is not None:
            assert strip.next.isEnabled()
            ask_twice(desk, ready, lesson, number - 1)
        else:
            assert speaks(desk, lesson, number - 1)
            in_the_other_language(desk)
            assert speaks(desk, lesson, number - 1)
        assert strip.next.isEnabled() == (number < len(lesson.steps))
        stood = laid_out(desk)
        if number < len(lesson.steps):
            QTest.mouseClick(strip.next, LEFT)
    QTest.mouseClick(strip.close_button, LEFT)
    desk.actions["language_en"].trigger()
    ready()
    after = standing(desk)
    steps, drawn = before["past"].undone_next, [d for d in [task_drawings.done().get(name)] if d]
    assert [each for each, _ in after["past"].undone_next] == [each for each, _ in steps] + drawn
    assert {**after, "past": None} == {**before, "past": None}


def test_the_page_keys_are_the_lessons_while_there_is_one(own, ready):
    key(own, Qt.Key.Key_PageDown)
    assert own.store.state.pointed.pinned == 12
    own.actions["lesson_rows"].trigger()
    ready()
    key(own, Qt.Key.Key_PageDown)
    ready()
    assert own.lessons.number == 1
    row = own.store.state.pointed.pinned
    key(own, Qt.Key.Key_Down)
    key(own, Qt.Key.Key_Right)
    assert (own.lessons.number, own.store.state.pointed.pinned) == (1, row + 2)
    key(own, Qt.Key.Key_PageUp)
    ready()
    assert (own.lessons.number, own.store.state.pointed.pinned) == (0, None)
    key(own, Qt.Key.Key_PageUp)
    assert own.lessons.number == 0
    key(own, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    ready()
    assert own.lessons.lesson is None
    assert own.store.state.pointed.pinned == 12
    key(own, Qt.Key.Key_PageUp)
    assert own.store.state.pointed.pinned == 11


def test_leaving_in_the_middle_puts_everything_back(own, ready):
    before = standing(own)
    own.actions["lesson_gates"].trigger()
    own.lessons.move(1)  # before the first step's model is even there
    own.lessons.move(1)
    own.lessons.end()
    ready()
    assert standing(own) == before
    own.actions["lesson_gates"].trigger()
    ready()
    own.lessons.move(3)
    ready()
    own.actions["lesson_rows"].trigger()  # another one, without closing the first
    ready()
    assert own.lessons.lesson.name == "rows"
    own.lessons.end()
    ready()
    assert standing(own) == before
    assert not any(own.actions[f"lesson_{lesson.name}"].isChecked() for lesson in lessons())


def test_the_pen_is_the_persons_in_every_step(own, ready, settle, own_drawings):
    mine = own.store.state.canvas.finished
    own.actions["lesson_rows"].trigger()
    ready()
    own.store.do(draw.clear)
    pen.draw(own.window.canvas, next(d for d in own_drawings if d.label == 1))
    drawn = own.store.state.canvas.finished
    own.lessons.move(1)
    ready()
    assert (
        own.store.state.canvas.finished is drawn
    )  # this step has the digit that was put there before
    own.lessons.move(len(own.lessons.lesson.steps) - 1 - own.lessons.number)
    ready()
    assert not own.store.state.canvas.finished.strokes
    pen.draw(own.window.canvas, next(d for d in own_drawings if d.label == 2))
    settle()
    assert own.window.answer.answer_words()[0] == "2"
    twos = own.store.state.canvas.finished
    own.lessons.end()
    ready()
    assert own.store.state.canvas.finished is mine
    own.store.do(draw.undo)
    assert own.store.state.canvas.finished is twos  # what was drawn in a lesson is not lost


def test_a_model_that_a_person_opens_meanwhile_is_not_looked_at_as_the_steps(own, ready, qtbot):
    """A convolutional network has no layer in which the step's unit could be found."""
    own.open_model(asset("models", "cnn.onnx"))
    qtbot.waitUntil(lambda: not own.models.loaded[0].layers, timeout=LOAD_MS)
    cnn = own.models.loaded
    own.actions["lesson_rnn"].trigger()
    ready()
    own.store.do(draw.clear)
    own.lessons.begin("rnn")  # its model is there: only its reading is waited for
    assert own.lessons.busy
    own.models.use(cnn)
    ready()
    assert own.trace.model == cnn[0].identity
    assert own.store.state.pointed.unit is None


@pytest.mark.skipif("learning" not in {x.name for x in lessons()}, reason="no moments bundled")
def test_a_drawing_stays_while_one_goes_back_through_the_learning(own, ready, own_drawings):
    own.actions["lesson_learning"].trigger()
    own.lessons.move(len(own.lessons.lesson.steps) - 1)
    ready()
    own.store.do(draw.clear)
    pen.draw(own.window.canvas, next(d for d in own_drawings if d.label == 3))
    mine = own.store.state.canvas.finished
    while own.lessons.number:
        own.lessons.move(-1)
        ready()
        assert own.store.state.canvas.finished is mine


def test_nothing_of_a_lesson_is_remembered_when_the_window_closes_in_it(own, ready, tmp_path):
    own.settings.path = tmp_path / "settings.json"
    own.actions["gradient"].trigger()  # off
    own.actions["lesson_gates"].trigger()
    ready()
    own.actions["gradient"].trigger()  # on, within the lesson
    own.window.close()
    kept = load(own.settings.path)
    assert not kept.views.shown
    own.window.docks["map"].show()
    own.window.restoreState(kept.layout.panels)
    assert own.window.docks["map"].isHidden()
    assert not own.window.docks["unit"].isHidden()


def test_the_strip_keeps_its_height_from_step_to_step(own, ready, qtbot):
    own.actions["lesson_rows"].trigger()
    ready()
    heights = set()
    for _ in own.lessons.lesson.steps:
        ready()
        qtbot.wait(0)
        heights.add(own.window.lesson.height())
        words = own.window.lesson.words
        assert words.heightForWidth(words.width()) <= words.height()
        own.lessons.move(1)
    assert len(heights) == 1


def test_a_lesson_or_step_that_is_none_is_refused(own):
    with pytest.raises(Refused, match="There is no lesson nonsense: choose from rows, "):
        own.lessons.begin("nonsense")
    with pytest.raises(Refused, match="The lesson rows has steps 1 to 8"):
        own.lessons.begin("rows", 8)
    assert not own.window.lesson.isVisible()


def test_a_lesson_whose_model_cannot_be_opened_ends_with_a_sentence(own, ready, qtbot, monkeypatch):
    before = standing(own)
    monkeypatch.setattr(lesson_models, "asset", lambda *parts: Path("/nowhere", *parts))
    own.actions["lesson_rows"].trigger()
    qtbot.waitUntil(own.window.banner.isVisible, timeout=LOAD_MS)
    assert "lstm.onnx does not exist" in own.window.banner.label.text()
    ready()
    assert standing(own) == before


# The menus of models and of lessons.


def shown(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_menu_of_models_says_what_each_is_and_reads(desk, qtbot):
    header = desk.window.header
    qtbot.waitUntil(lambda: any("%" in words for words in shown(header.models)), timeout=LOAD_MS)
    for menu in (header.models, header.compared_with):
        listed = [words for words in shown(menu) if "\t" in words]
        finished = [model for model in catalogue() if model.learned is None]
        assert len(listed) == len(finished)
        place = [model.name for model in finished].index("lstm")
        name, _, figure = listed[place].partition("\t")
        assert name == "LSTM 128-64: two LSTM layers, with gates and a memory"
        assert 90 < float(figure.rstrip("%")) <= 100


def test_a_model_from_the_menu_is_opened(desk, qtbot):
    action = desk.window.header.models.actions()[0]
    first = catalogue()[0]
    action.trigger()
    qtbot.waitUntil(lambda: desk.models.loaded[0].path == first.path, timeout=LOAD_MS)


def test_lessons_are_in_the_header_and_in_the_menu_bar(desk):
    expected = [
        f"{place}.  {lesson.title}  ·  {lesson.minutes} min"
        for place, lesson in enumerate(lessons(), start=1)
    ]
    assert shown(desk.window.header.lessons.menu())[: len(expected)] == expected
    assert shown(desk.window.menus["lessons"])[: len(expected)] == expected


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_lesson_fits_a_small_screen_in_large_letters_too(own, ready, language, large):
    own.actions[f"language_{language}"].trigger()
    own.window.enlarge(large, 720)
    most = 720 if large else 768
    try:
        for lesson in lessons():
            panels = dict.fromkeys(step.state.layout.panel for step in lesson.steps)
            for panel in panels:
                number = next(
                    k for k, step in enumerate(lesson.steps) if step.state.layout.panel == panel
                )
                own.lessons.begin(lesson.name, number)
                ready()
                assert own.window.minimumSizeHint().height() <= most, (lesson.name, number)
    finally:
        own.window.enlarge(False)
        own.actions["language_en"].trigger()


def test_answers_and_equations_are_whole_and_large_from_the_last_row(own, ready, qtbot):
    own.window.resize(1280, 720)
    own.window.enlarge(True, 720)
    asked = {
        step.state.teaching.ask: step.models
        for step in (step for lesson in lessons() for step in lesson.steps)
        if step.state.teaching.ask is not None
    }
    box, classes = own.window.lesson.answers, tuple("0123456789")
    try:
        for language in ("zh", "en"):
            own.actions[f"language_{language}"].trigger()
            for ask, models in asked.items():
                if ask.kind != "row":  # of which the words are the row's
                    box.ask(ask, classes, models)
                    needed = sum(button.sizeHint().width() + 4 for button in box.buttons)
                    assert needed <= box.width_for(ask, classes, models) + 4
        own.lessons.begin("gates", 2)
        ready()
        qtbot.wait(0)
        letters = own.window.panels.unit.equations._size * np.array([NUMBERS, NAMES])
        assert letters.astype(int).min() >= 720 // 40
    finally:
        own.window.enlarge(False)


# What the person does in a lesson, and what is the lesson's.


def draw_anew(desk, drawings, label):
    desk.store.do(draw.clear)
    pen.draw(desk.window.canvas, next(d for d in drawings if d.label == label))
    return desk.store.state.canvas.finished


def go(desk, ready, by):
    desk.lessons.move(by)
    ready()


def test_undo_in_a_lesson_takes_back_what_the_person_did_and_nothing_else(own, ready, own_drawings):
    past = own.store.state.past
    own.lessons.begin("rnn", 5)
    ready()
    experiment = own.lessons.step.state.lab
    assert experiment.on
    own.lessons.answer(None)
    go(own, ready, 1)
    four = own.store.state.canvas.finished
    assert not own.actions["undo"].isEnabled()
    key(own, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert own.store.state.lab == Experiment()  # not the step's before
    draw_anew(own, own_drawings, 3)
    while own.store.state.past.can_undo:
        key(own, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert own.store.state.canvas.finished is four
    three = draw_anew(own, own_drawings, 3)
    go(own, ready, -1)
    go(own, ready, -1)
    key(own, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert own.store.state.canvas.finished is three
    assert own.store.state.lab == Experiment()
    own.store.do(draw.clear)
    go(own, ready, 1)
    assert own.store.state.canvas.finished is four
    assert own.store.state.lab == experiment
    own.lessons.end()
    ready()
    *before, (drawing, _) = own.store.state.past.undone_next
    assert tuple(before) == past.undone_next
    assert drawing is three  # what was cleared away can be undone to


def test_the_unit_that_a_person_chose_stays_from_step_to_step(own, ready):
    own.lessons.begin("gates", 2)
    ready()
    first = own.store.state.pointed.pinned_unit
    own.store.do(point.pin_unit, Unit(0, 0, 46))
    go(own, ready, 1)
    assert own.store.state.pointed.pinned_unit == Unit(0, 0, 46)
    go(own, ready, -1)
    own.store.do(point.pin_unit, first)
    go(own, ready, 1)
    assert own.store.state.pointed.pinned_unit == first


def test_a_lesson_points_at_no_unit_at_the_edge(own, ready):
    for name in ("gates", "rnn"):
        own.lessons.begin(name, 2)
        ready()
        units = own.trace.layers[0].units
        assert units // 20 <= own.store.state.pointed.pinned_unit.unit < units - units // 20


def test_the_columns_fill_the_panel_where_the_lesson_speaks_of_them(own, ready, qtbot):
    own.window.enlarge(True)
    try:
        own.lessons.begin("gates", 3)
        ready()
        qtbot.wait(0)
        panel = own.window.panels.unit
        assert panel.rows.isVisible()
        assert not panel.equations.isVisible()
        assert panel.rows.width() > 0.95 * panel.width()
    finally:
        own.window.enlarge(False)


def test_the_equation_that_the_lesson_speaks_of_is_marked(own, ready):
    own.lessons.begin("gates", 2)
    ready()
    panel = own.window.panels.unit
    assert panel.equations.line == "c"
    assert not panel.weighing.isVisible()  # c is no gate, and weighs nothing
    go(own, ready, 3)
    assert panel.equations.line == panel.weighing.gate == "o"
    assert panel.weighing.isVisible()


@pytest.mark.parametrize(("name", "number"), [("rows", 0), ("gates", 0), ("gates", 6)])
def test_space_plays_in_a_lesson_whatever_had_the_focus_before(own, ready, name, number):
    own.window.docks["map"].show()
    own.window.panels.map.setFocus()  # which neither of them has
    own.lessons.begin(name, number)
    ready()
    focus = own.window.focusWidget()
    assert focus is own.window.canvas
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert own.window.reading.playing


def test_without_forget_gates_f_is_seen_to_be_0(own, ready):
    own.lessons.begin("gates", 6)
    ready()
    for view in own.window.reading.rows.layer_views():
        assert view.quantity == "f"
        assert view.values.any() == (view.model == 1)  # beside it, the network as it is


def test_all_rows_are_shown_where_the_lesson_speaks_of_the_dashed_line(own, ready):
    number = next(k for k, step in enumerate(read("rows").steps) if "dashed line" in step.words)
    own.lessons.begin("rows", number)
    ready()
    assert own.store.state.pointed.pinned is None


def read(name):
    return next(lesson for lesson in lessons() if lesson.name == name)


def test_a_lesson_shows_its_own_tensors_and_a_persons_come_back(desk, ready, qtbot, engines):
    path = asset("models", "cnn.onnx")
    desk.open_model(path)
    qtbot.waitUntil(lambda: desk.models.loaded[0].path == path, timeout=LOAD_MS)
    reader = desk.models.loaded[0]
    assert reader.watched
    bare = engines.watching(reader, 0)
    desk.models.exchange(reader, bare)
    desk.lessons.begin("cnn", 1)
    ready()
    assert desk.models.loaded[0].watched == reader.watched
    desk.lessons.end()
    ready()
    assert desk.models.loaded == (bare,)


def test_a_model_of_somebody_elses_reads_on_after_a_lesson(desk, settle, qtbot, own_drawings):
    pen.draw(desk.window.canvas, own_drawings[0])
    desk.open_model(FILES / "ts_lstm.onnx")
    qtbot.waitUntil(lambda: desk.models.loaded[0].path.stem == "ts_lstm", timeout=20_000)
    settle()
    desk.lessons.begin("rows")
    qtbot.waitUntil(lambda: not desk.lessons.busy, timeout=20_000)
    desk.lessons.end()
    settle()
    assert desk.models.loaded[0].path.stem == "ts_lstm"
    assert desk.trace.model.file == "ts_lstm.onnx"


def ground_below(view, row):
    """Whether nothing but one colour is seen below that row of a view of rows."""
    image = view.grab().toImage()
    top, bottom = view.axis.y(row + 1) + 2, view.axis.bottom - 3
    middle = range(4, view.width() - 4, 5)
    return len({image.pixel(x, y) for x in middle for y in range(top, bottom, 3)}) == 1


def test_rows_not_read_yet_are_hidden_in_every_view_till_the_answer_is_given(own, ready, qtbot):
    own.lessons.begin("rows", 2)
    ready()
    seen, *layers, belief = own.window.reading.rows.views()
    row = own.store.state.teaching.row
    for view in (seen, *layers):
        assert ground_below(view, row)
        assert not view.has_numbers
    assert not belief.has_numbers
    spot = QPoint(belief.width() // 2, belief.axis.y(row + 3))
    assert "%" not in belief.tooltip_words(spot)
    sheet = own.window.canvas.grab().toImage()
    lowest = own.window.canvas.sheet().bottom() - 40
    middle = own.window.canvas.width() // 2
    colours = {sheet.pixel(x, int(lowest)) for x in range(middle - 40, middle + 40, 3)}
    assert len(colours) == 1
    panels = own.window.panels
    for name in ("unit", "map"):
        own.window.docks[name].show()
    qtbot.waitUntil(lambda: panels.map.map is not None, timeout=LOAD_MS)
    assert panels.map.numbers() is None
    of_unit = panels.unit.rows
    last = QPoint(of_unit.width() // 2, of_unit.height() - of_unit._foot - 3)
    assert not of_unit.tooltip_words(last)
    own.store.do(point.hover, row + 5)
    assert f"row {row + 1} of" in panels.unit.heading.text()
    own.store.do(point.hover, None)
    qtbot.waitUntil(own.window.lesson.answers.buttons[0].isVisible)
    key(own, Qt.Key.Key_0)
    assert own.store.state.teaching.reply.given == "0"
    for view in (seen, *layers, belief):
        assert view.has_numbers
    assert panels.map.numbers() is not None
    assert of_unit.tooltip_words(last)
    own.store.do(point.pin, None)
    assert not ground_below(seen, row)


def test_a_task_is_done_by_a_drawing_that_does_it(own, ready, settle, qtbot):
    own.lessons.begin("sure", 6)
    ready()
    strip = own.window.lesson
    assert own.store.state.teaching.asks.kind == "draw"
    own.store.do(draw.put, reference_digit("4 closed"))
    settle()
    assert own.store.state.teaching.reply is None
    own.store.do(draw.put, reference_digit("heart"))
    qtbot.waitUntil(lambda: own.store.state.teaching.reply is not None, timeout=LOAD_MS)
    assert own.store.state.teaching.reply.right
    assert strip.question.text().startswith("Well done")
