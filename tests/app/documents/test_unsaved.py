"""What would be lost, and which file has the rest."""

from pathlib import Path

import numpy as np
import pytest

from rnn_desk.app.actions import choose, draw, intervene, point, show, teach
from rnn_desk.app.documents.unsaved import InFile, Unsaved
from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.app.state import AppState
from rnn_desk.app.store import Store
from rnn_desk.app.values import ModelChoice
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Picture
from rnn_desk.core.scan.areas import Box

LINE, OTHER = stroke([[0, 0], [10, 10]]), stroke([[5, 5], [9, 1]])
FILE, DESK = Path("five.jsonl"), Path("mine.rnndesk")


class Sheet:
    """A store whose changes are followed."""

    def __init__(self):
        self.store = Store(AppState())
        self.unsaved = Unsaved()
        self.store.listen(self.unsaved.notice)
        self.do = self.store.do

    @property
    def lost(self):
        return self.unsaved.something(self.store.state)

    @property
    def file(self):
        return self.unsaved.file(self.store.state)

    @property
    def drawing(self):
        return self.store.state.canvas.finished

    def draw(self, line=LINE):
        self.do(draw.show_live, line)
        self.do(draw.finish)

    def open(self, drawing, path=FILE):
        self.unsaved.is_in(path, drawing)
        self.do(draw.put, drawing)


@pytest.fixture
def sheet():
    return Sheet()


def test_an_empty_sheet_is_nothing_to_lose(sheet):
    assert not sheet.lost
    assert sheet.file is None


def test_a_stroke_would_be_lost_from_its_first_point_on_until_it_is_taken_back(sheet):
    sheet.do(draw.show_live, LINE)
    assert sheet.lost
    sheet.do(draw.finish)
    assert sheet.lost
    sheet.do(draw.undo)
    assert not sheet.lost
    sheet.do(draw.redo)
    assert sheet.lost
    sheet.do(draw.clear)
    assert not sheet.lost


@pytest.mark.parametrize("drawing", [Drawing((OTHER,)), Picture(np.zeros((3, 3), np.uint8))])
def test_what_the_program_or_a_file_has_laid_there_is_not_lost(sheet, drawing):
    sheet.do(draw.put, drawing)
    assert not sheet.lost
    sheet.draw()
    assert sheet.lost


def test_a_drawing_is_named_by_its_file_until_another_lies_there(sheet):
    sheet.open(Drawing((OTHER,)))
    assert (sheet.file, sheet.lost) == (FILE, False)
    sheet.draw()
    assert (sheet.file, sheet.lost) == (FILE, True)
    sheet.do(draw.put, Drawing((LINE,)))
    assert (sheet.file, sheet.lost) == (None, False)
    sheet.do(draw.undo)
    assert (sheet.file, sheet.lost) == (FILE, True)
    sheet.do(draw.undo)
    assert (sheet.file, sheet.lost) == (FILE, False)


def test_a_stroke_over_a_picture_begins_a_sheet_that_is_in_no_file(sheet):
    sheet.open(Picture(np.zeros((3, 3), np.uint8)))
    assert (sheet.file, sheet.lost) == (FILE, False)
    sheet.draw()
    assert (sheet.file, sheet.lost) == (None, True)


def test_a_picture_of_which_another_box_is_read_is_the_one_of_its_file(sheet):
    picture = Picture(np.zeros((9, 9), np.uint8))
    sheet.open(picture)
    sheet.do(draw.put, picture.reading(Box(1, 1, 4, 4)))
    assert (sheet.file, sheet.lost) == (FILE, False)
    sheet.do(draw.put, Picture(np.zeros((9, 9), np.uint8)))
    assert sheet.file is None


def test_what_is_written_is_not_lost(sheet):
    sheet.draw()
    sheet.unsaved.is_in(FILE, sheet.drawing)
    assert (sheet.file, sheet.lost) == (FILE, False)
    sheet.draw(OTHER)
    assert sheet.lost


def test_a_stroke_that_gives_way_as_it_ends_is_lost_when_it_is_there_again(sheet):
    sheet.do(draw.show_live, LINE)
    sheet.do(draw.put, Drawing((OTHER,)))  # waits for the stroke
    sheet.do(draw.finish)
    assert not sheet.lost
    sheet.do(draw.undo)
    assert sheet.lost


def test_a_stroke_that_is_cleared_away_while_it_is_made_is_lost_when_it_is_there_again(sheet):
    sheet.do(draw.show_live, LINE)
    sheet.do(draw.clear)
    assert not sheet.lost
    sheet.do(draw.undo)
    assert sheet.lost


def test_after_a_crash_what_came_back_is_in_no_file(sheet):
    sheet.do(draw.put, Drawing((LINE,)))
    sheet.unsaved.is_own(sheet.drawing)
    assert sheet.lost


def test_a_desk_is_changed_by_what_is_made_and_not_by_looking_at_it(sheet):
    sheet.draw()
    sheet.do(choose.read_by, (ModelChoice("/a"),), 28, ((4,),))
    sheet.unsaved.desk_is_in(DESK, sheet.store.state)
    sheet.do(point.pin, 3)
    sheet.do(show.view, "gradient", True)
    sheet.do(choose.theme, "dark")
    sheet.do(choose.read_by, (ModelChoice("/a", ("watched",)),), 28, ((4,),))
    assert (sheet.file, sheet.lost) == (DESK, False)
    saved = sheet.store.state
    for action, *given in (
        (intervene.try_out, Experiment(noise=0.5)),
        (choose.read_by, (ModelChoice("/b"),), 28, ((4,),)),
        (choose.read_by, (ModelChoice("/a"), ModelChoice("/b")), 28, ((4,), (4,))),
        (draw.put, Drawing((OTHER,))),
        (draw.clear,),
    ):
        sheet.do(action, *given)
        assert sheet.lost, action
        sheet.do(lambda _: saved)
        assert not sheet.lost


def test_a_lesson_is_nothing_to_lose_and_what_was_before_it_is(sheet):
    lesson = Lesson("lesson", "Lesson", (LessonStep("Said.", {"digit": "4 closed"}),))
    sheet.do(teach.begin, lesson, 0)
    sheet.do(teach.put_up, lesson.steps[0], ((4,),))
    sheet.draw()
    assert not sheet.lost
    sheet.do(teach.end)
    assert not sheet.lost
    sheet.draw()
    sheet.do(teach.begin, lesson, 0)
    sheet.do(teach.put_up, lesson.steps[0], ((4,),))
    assert sheet.lost


@pytest.mark.parametrize("of_desk", [True, False])
def test_a_desk_that_comes_back_knows_its_file_and_whether_that_has_all_of_it(sheet, of_desk):
    assert sheet.unsaved.in_file(sheet.store.state) is None
    if of_desk:
        sheet.draw()
        sheet.unsaved.desk_is_in(DESK, sheet.store.state)
    else:
        sheet.open(Drawing((LINE,)))
    file = DESK if of_desk else FILE
    for changed in (False, True):
        if changed:
            sheet.draw(OTHER)
        told = sheet.unsaved.in_file(sheet.store.state)
        assert told == InFile(file, of_desk, changed)
        again = Unsaved()  # of the program that is started next
        again.is_own(sheet.drawing)
        again.was_in(told, sheet.store.state)
        assert again.in_file(sheet.store.state) == told
        assert again.something(sheet.store.state) == changed
