"""What a person made: in the title, asked about at the end, kept where nobody can be asked."""

import json
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog

from rnn_desk.app.actions import draw, intervene, point
from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.state import AppState, Look
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, read_drawings, stroke, write_drawings
from rnn_desk.core.lab import Experiment

LOAD_MS = 30_000
LIGHT = AppState(look=Look(theme="light"))
LINE = stroke([[150, 100], [300, 120], [220, 400]])


class Asked:
    """A desk, somebody who may be there to answer, and where its desks come back from."""

    def __init__(self, make_desk, folder):
        self.there = True
        self.folder = folder
        self.desk = make_desk(LIGHT, recovery=RecoveryFile(folder), may_ask=lambda: self.there)
        self.desk.come_back()
        self.desk.window.show()
        self.desk.open_model(asset("models", "lstm.onnx"))

    def draw(self, line=LINE):
        self.desk.store.do(draw.show_live, line)
        self.desk.store.do(draw.finish)

    @property
    def title(self):
        """As the system gets it, the program's name aside."""
        window = self.desk.window
        mark = "*" if window.isWindowModified() else ""
        return window.windowTitle().replace("[*]", mark)

    @property
    def sheet(self):
        return self.desk.own_work.sheet

    def answer(self, words):
        next(button for button in self.sheet.buttons if button.text() == words).click()

    def kept(self):
        return [json.loads(path.read_text()) for path in self.folder.glob("*.json")]


@pytest.fixture
def asked(make_desk, tmp_path, qtbot):
    made = Asked(make_desk, tmp_path / "recovery")
    qtbot.waitUntil(lambda: bool(made.desk.models.loaded), timeout=LOAD_MS)
    yield made
    made.there = False
    made.desk.window.close()


@pytest.fixture
def named(monkeypatch):
    def name(path):
        for dialog in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, dialog, lambda *_, **__: (str(path), ""))

    return name


def test_an_empty_desk_closes_at_once(asked):
    assert asked.title == "RNN Desk"
    assert asked.desk.window.close()
    assert asked.sheet is None


def test_a_drawing_that_the_program_laid_there_is_not_asked_about(asked, qtbot):
    asked.desk.actions["next_digit"].trigger()
    qtbot.waitUntil(lambda: not asked.desk.store.state.canvas.finished.is_empty)
    assert asked.title == "RNN Desk"
    assert asked.desk.window.close()


def test_what_was_drawn_is_asked_about_and_can_be_left(asked):
    asked.draw()
    assert asked.title == "New drawing*"
    window = asked.desk.window
    assert not window.close()
    assert not window.close()  # asked once
    asked.answer("Cancel")
    assert window.isVisible()
    assert asked.sheet is None
    assert not window.close()
    asked.answer("Close without it")
    assert not window.isVisible()
    assert asked.kept() == []


def test_what_was_drawn_is_saved_and_then_the_window_closes(asked, tmp_path, named, qtbot):
    path = tmp_path / "mine.jsonl"
    asked.draw()
    named("")
    asked.desk.window.close()
    asked.answer("Save drawing…")  # and no file is chosen
    assert asked.desk.window.isVisible()
    named(path)
    asked.desk.window.close()
    asked.answer("Save drawing…")
    qtbot.waitUntil(lambda: not asked.desk.window.isVisible())
    assert len(next(read_drawings(path)).strokes) == 1


def test_where_it_cannot_be_written_the_window_stays(asked, tmp_path, named, qtbot):
    (tmp_path / "file").touch()
    asked.draw()
    named(tmp_path / "file" / "mine.jsonl")
    asked.desk.window.close()
    asked.answer("Save drawing…")
    qtbot.waitUntil(lambda: asked.desk.window.banner.isVisible())
    assert asked.desk.window.isVisible()
    assert asked.title == "New drawing*"


def test_the_title_names_the_file_and_marks_what_is_not_in_it(asked, tmp_path, qtbot):
    path = tmp_path / "five [*] & more.jsonl"
    write_drawings(path, [Drawing((LINE,))])
    asked.desk.files.open(path)
    qtbot.waitUntil(lambda: asked.desk.window.windowFilePath() == str(path))
    window = asked.desk.window
    assert window.windowTitle() == "five [*][*] & more.jsonl[*]"
    assert not window.isWindowModified()
    asked.draw(stroke([[1, 1], [50, 60]]))
    assert window.isWindowModified()
    asked.desk.actions["undo"].trigger()
    assert not window.isWindowModified()
    asked.desk.actions["clear"].trigger()
    assert (window.windowTitle(), window.windowFilePath()) == ("RNN Desk", "")


def test_a_desk_is_named_and_its_changes_are_saved_in_its_file(asked, tmp_path, named, qtbot):
    path = tmp_path / "mine.rnndesk"
    named(path)
    asked.draw()
    asked.desk.actions["save_desk"].trigger()
    qtbot.waitUntil(lambda: asked.title == "mine.rnndesk")
    asked.desk.store.do(point.pin, 4)
    assert asked.title == "mine.rnndesk"
    asked.desk.store.do(intervene.try_out, Experiment(noise=0.5))
    assert asked.title == "mine.rnndesk*"
    before = path.read_bytes()
    asked.desk.window.close()
    asked.answer("Save desk")
    qtbot.waitUntil(lambda: not asked.desk.window.isVisible())
    assert path.read_bytes() != before


def test_an_opened_desk_is_named_once_it_stands(asked, tmp_path, named, qtbot):
    path = tmp_path / "mine.rnndesk"
    named(path)
    asked.draw()
    asked.desk.actions["save_desk"].trigger()
    qtbot.waitUntil(path.exists)
    asked.desk.store.do(draw.put, Drawing())
    asked.desk.documents.open(path)
    assert asked.title != "mine.rnndesk"
    qtbot.waitUntil(lambda: asked.title == "mine.rnndesk", timeout=LOAD_MS)
    qtbot.waitUntil(lambda: asked.desk.settled, timeout=LOAD_MS)
    assert asked.title == "mine.rnndesk"
    assert asked.desk.window.close()


def test_in_a_lesson_the_drawing_before_it_is_asked_about_and_seen(asked, qtbot):
    asked.draw()
    own = asked.desk.store.state.canvas.finished
    asked.desk.lessons.begin("gates", 1)
    qtbot.waitUntil(lambda: not asked.desk.lessons.busy, timeout=LOAD_MS)
    assert not asked.desk.window.close()
    assert asked.desk.lessons.lesson is None
    assert asked.desk.store.state.canvas.finished is own


def test_where_nobody_can_be_asked_it_is_there_at_the_next_start(asked, make_desk):
    asked.draw()
    asked.there = False
    assert asked.desk.window.close()
    assert asked.sheet is None
    assert len(asked.kept()) == 1
    again = make_desk(LIGHT, recovery=RecoveryFile(asked.folder), may_ask=lambda: True)
    assert again.come_back()
    again.window.show()
    assert len(again.store.state.canvas.finished.strokes) == 1
    assert not again.window.close()  # it is in no file yet
    again.own_work._give_up()


def test_what_is_there_at_the_next_start_has_the_name_of_its_file(
    asked, tmp_path, make_desk, qtbot
):
    path = tmp_path / "five.jsonl"
    write_drawings(path, [Drawing((LINE,))])
    asked.desk.files.open(path)
    qtbot.waitUntil(lambda: asked.title == "five.jsonl")
    asked.draw(stroke([[1, 1], [50, 60]]))
    asked.there = False
    assert asked.desk.window.close()
    again = make_desk(LIGHT, recovery=RecoveryFile(asked.folder), may_ask=lambda: True)
    assert again.come_back()
    qtbot.waitUntil(lambda: again.window.windowFilePath() == str(path), timeout=LOAD_MS)
    assert again.window.isWindowModified()
    again.own_work._give_up()


def test_where_nobody_can_be_asked_and_nothing_is_lost_nothing_comes_back(asked):
    asked.there = False
    assert asked.desk.window.close()
    assert list(asked.folder.iterdir()) == []


def test_where_no_desk_is_to_come_back_none_is_kept(asked):
    personal = replace(asked.desk.store.state.personal, recover=False)
    asked.desk.store.do(lambda state: replace(state, personal=personal))
    asked.draw()
    asked.there = False
    assert asked.desk.window.close()
    assert asked.kept() == []


def test_the_end_of_the_session_is_not_held_up(asked):
    asked.draw()
    asked.desk.own_work._end_session()  # as the system's session manager has it
    assert asked.desk.window.close()
    assert len(asked.kept()) == 1
