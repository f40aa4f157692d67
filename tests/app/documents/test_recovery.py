import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_desk.app import schema
from rnn_desk.app.actions import draw
from rnn_desk.app.documents import recovery
from rnn_desk.app.documents.recovery import STANDS, TRIES, RecoveryFile, orphans, wipe
from rnn_desk.app.documents.unsaved import InFile
from rnn_desk.app.state import AppState, Canvas, Teaching
from rnn_desk.app.text import Document
from rnn_desk.app.values import LessonPlace, ModelChoice
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Picture

REPOSITORY = Path(__file__).parents[3]
BLANK = AppState()
LINE = stroke([[0, 0], [10, 10.5]])
LONGER = stroke([[0, 0], [10, 10.5], [40, 40]])


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "recovery"


class Copies:
    """Copies of the program; what they were refused."""

    def __init__(self, folder):
        self.folder = folder
        self.now = 0.0
        self.refused = []
        self.alive = []

    def start(self):
        file = RecoveryFile(self.folder, lambda: self.now)
        self.alive.append(file)
        return file

    def crash(self, file):
        """What the system does of a process that is gone."""
        self.alive.remove(file)
        if file._lock is not None:
            file._lock.release()

    def adopt(self, file):
        found = file.adopt(self.refused.append)
        return None if found is None else found.over(BLANK)

    def crashed(self, state):
        file = self.start()
        file.write(state)
        self.crash(file)
        return file


@pytest.fixture
def copies(folder):
    made = Copies(folder)
    yield made
    for file in made.alive:
        file.close()


def same(a, b):
    return schema.written(a, Document.RECOVERY) == schema.written(b, Document.RECOVERY)


def drawn(*strokes):
    return replace(BLANK, canvas=Canvas(Drawing(strokes)))


def files(folder, suffix=".json"):
    return sorted(folder.glob(f"*{suffix}"))


# What comes back.


def test_a_desk_comes_back(copies, full):
    models = replace(full.models, second=ModelChoice("/mine/own.onnx", ("w",)))
    full = replace(full, models=models, layout=replace(full.layout, panels=b"\x01\xff"))
    copies.crashed(full)
    back = copies.adopt(copies.start())
    assert same(back, full)
    assert back.models.second.path == "/mine/own.onnx"
    assert back.layout == full.layout


def test_the_stroke_being_made_comes_back_as_far_as_it_was(copies):
    copies.crashed(draw.show_live(drawn(LINE), LONGER))
    strokes = copies.adopt(copies.start()).canvas.finished.strokes
    assert [each.points.tolist() for each in strokes] == [
        LINE.points.tolist(),
        LONGER.points.tolist(),
    ]


def test_a_stroke_over_a_picture_comes_back_without_it(copies):
    picture = Picture(np.zeros((3, 4), np.uint8))
    state = replace(BLANK, canvas=Canvas(picture))
    copies.crashed(draw.show_live(state, LINE))
    assert len(copies.adopt(copies.start()).canvas.finished.strokes) == 1


def test_a_picture_comes_back(copies):
    grey = np.arange(12, dtype=np.uint8).reshape(3, 4)
    copies.crashed(replace(BLANK, canvas=Canvas(Picture(grey))))
    assert np.array_equal(copies.adopt(copies.start()).canvas.finished.grey, grey)


def test_what_lies_there_comes_back_and_not_what_is_replayed(copies):
    state = draw.replay(drawn(LINE, LONGER), Drawing((LINE,)))
    copies.crashed(state)
    assert len(copies.adopt(copies.start()).canvas.finished.strokes) == 2


def test_a_lesson_comes_back_with_the_desk_before_it(copies, full):
    lesson = replace(drawn(LINE), teaching=Teaching(LessonPlace("gates", 2), before=full))
    copies.crashed(lesson)
    teaching = copies.adopt(copies.start()).teaching
    assert teaching.place == LessonPlace("gates", 2)
    assert same(teaching.before, full)
    assert len(teaching.before.canvas.finished.strokes) == 2


def test_what_the_file_does_not_carry_is_as_it_is(copies, full):
    copies.crashed(drawn(LINE))
    found = copies.start().adopt(copies.refused.append)
    other = replace(full, look=replace(full.look, theme="dark"))
    back = found.over(other)
    assert back.look == other.look
    assert same(back, drawn(LINE))


def test_the_file_that_it_is_in_comes_back_as_long_as_there_is_one(copies, tmp_path):
    file, told = copies.start(), InFile(tmp_path / "mine.rnndesk", is_desk=True, changed=True)
    told.path.write_bytes(b"")
    file.write(BLANK, told)
    copies.crash(file)
    again = copies.start()
    assert again.adopt(copies.refused.append).in_file == told
    again.leave(BLANK, told)
    told.path.unlink()
    assert copies.start().adopt(copies.refused.append).in_file is None


@pytest.mark.parametrize(
    "told", [3, "a", {}, {"path": 3}, {"path": "\0"}, {"path": "x" * 9999}, {"path": "/"}]
)
def test_a_file_that_is_nonsense_is_none(copies, folder, told):
    copies.crashed(BLANK)
    [path] = folder.glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "file": told}))
    assert copies.start().adopt(copies.refused.append).in_file is None


def test_the_newest_state_comes_back(copies):
    file = copies.start()
    for state in (drawn(LINE), drawn(LINE, LINE), drawn()):
        file.write(state)
    copies.crash(file)
    assert copies.adopt(copies.start()).canvas.finished.strokes == ()


def test_each_stroke_is_written_as_text_once(copies, monkeypatch):
    made = []
    real = recovery.stroke_text
    monkeypatch.setattr(
        recovery, "stroke_text", lambda *given: made.append(given[0]) or real(*given)
    )
    file = copies.start()
    file.write(drawn(LINE))
    file.write(drawn(LINE, LONGER))
    file.write(drawn(LONGER))
    assert made == [LINE, LONGER]


def test_the_same_state_is_written_once(copies, folder):
    file = copies.start()
    file.write(drawn(LINE))
    files(folder)[0].unlink()
    file.write(drawn(LINE))
    assert files(folder) == []


def test_a_file_that_cannot_be_read_now_is_left_for_another_time(copies, folder, monkeypatch):
    copies.crashed(drawn(LINE))
    (path,) = files(folder)
    real = Path.read_bytes

    def read_bytes(self):
        if self == path:
            raise PermissionError(13, "in use", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert copies.adopt(copies.start()) is None
    assert "may not be read" in str(copies.refused[0])
    assert files(folder) == [path]
    monkeypatch.undo()
    assert len(copies.adopt(copies.start()).canvas.finished.strokes) == 1


# Whose file it is.


def test_a_clean_end_leaves_nothing(copies, folder):
    file = copies.start()
    file.write(drawn(LINE))
    assert len(files(folder)) == 1
    file.close()
    assert list(folder.iterdir()) == []
    assert copies.adopt(copies.start()) is None


def test_a_first_start_writes_nothing_and_finds_nothing(copies, folder):
    file = copies.start()
    assert copies.adopt(file) is None
    file.close()
    assert not folder.exists()


def test_nobody_gets_the_file_of_a_copy_that_lives(copies, folder):
    one, two = copies.start(), copies.start()
    one.write(drawn(LINE))
    assert copies.adopt(two) is None
    assert orphans(folder) == []
    two.write(drawn(LINE, LINE))
    assert len(files(folder)) == 2


def test_of_two_copies_one_gets_it(copies, folder):
    copies.crashed(drawn(LINE))
    assert len(orphans(folder)) == 1
    one, two = copies.start(), copies.start()
    assert copies.adopt(one) is not None
    assert copies.adopt(two) is None
    assert orphans(folder) == []


def test_the_newest_comes_back_first(copies, folder):
    for count in (1, 2, 3):
        copies.crashed(drawn(*[LINE] * count))
    for path in files(folder):
        count = len(json.loads(path.read_text())["drawing"]["strokes"])
        os.utime(path, (count, count))
    found = [len(copies.adopt(copies.start()).canvas.finished.strokes) for _ in range(3)]
    assert found == [3, 2, 1]


def test_what_came_back_is_never_nowhere(copies, folder):
    copies.crashed(drawn(LINE))
    file = copies.start()
    copies.adopt(file)
    copies.crash(file)  # before it wrote anything
    file = copies.start()
    assert len(copies.adopt(file).canvas.finished.strokes) == 1
    file.write(drawn(LINE, LINE))
    assert len(files(folder)) == 1
    copies.crash(file)
    assert len(copies.adopt(copies.start()).canvas.finished.strokes) == 2


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.state import AppState, Canvas
from rnn_desk.core.drawing import Drawing, stroke
state = replace(AppState(), canvas=Canvas(Drawing((stroke([[1, 2]]),))))
RecoveryFile(Path(sys.argv[1])).write(state)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
def test_what_a_process_left_that_was_killed_comes_back(copies, folder):
    subprocess.run(
        [sys.executable, "-c", KILLED, str(folder)], cwd=REPOSITORY, timeout=60, check=False
    )
    assert len(copies.adopt(copies.start()).canvas.finished.strokes) == 1


# What goes wrong.


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", "[" * 100_000, "null"])
def test_a_file_that_cannot_be_read_is_set_aside_and_the_next_one_comes(copies, folder, text):
    copies.crashed(drawn(LINE))
    for path in files(folder):
        os.utime(path, (1, 1))  # a file system's clock may give two files one time
    (folder / "a.json").write_text(text)
    assert copies.adopt(copies.start()) is not None
    assert len(copies.refused) == 1
    assert "a.json" in str(copies.refused[0])
    assert (folder / "a.unreadable").read_text() == text
    assert not (folder / "a.lock").exists()


def test_a_field_that_is_nonsense_costs_no_other_one(copies, folder, caplog):
    folder.mkdir(parents=True)
    (folder / "a.json").write_text('{"row": "nonsense", "line": "f", "before": 7, "new": 1}')
    with caplog.at_level(logging.WARNING):
        back = copies.adopt(copies.start())
    assert back.views.line == "f"
    assert back.teaching.before is None
    assert "row" in caplog.text


def test_a_desk_that_never_lasts_is_set_aside(copies, folder):
    copies.crashed(drawn(LINE))
    for _ in range(TRIES):
        file = copies.start()
        back = copies.adopt(file)
        assert back is not None
        copies.now += STANDS / 2
        file.write(replace(back, views=replace(back.views, line="f")))
        copies.crash(file)
    assert copies.adopt(copies.start()) is None
    assert len(copies.refused) == 1
    assert len(files(folder, ".unreadable")) == 1


def test_a_desk_that_lasted_comes_back_ever_again(copies):
    copies.crashed(drawn(LINE))
    for _ in range(2 * TRIES):
        file = copies.start()
        back = copies.adopt(file)
        assert back is not None
        copies.now += STANDS
        file.write(back)  # with nothing changed
        copies.crash(file)
    assert copies.refused == []


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(copies, folder, caplog):
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.write_text("a file")
    file = copies.start()
    with caplog.at_level(logging.WARNING):
        assert copies.adopt(file) is None
        file.write(drawn(LINE))
        file.write(drawn(LINE, LINE))
    assert caplog.text.count("cannot be kept") == 1
    folder.parent.unlink()
    file.write(drawn(LINE))
    assert len(files(folder)) == 1


def test_a_full_disk_is_no_reason_to_lose_a_desk(copies, folder, monkeypatch):
    copies.crashed(drawn(LINE))
    monkeypatch.setattr(recovery, "write_whole", no_room)
    again = copies.start()
    assert copies.adopt(again) is not None
    assert copies.refused == []
    assert not files(folder, ".unreadable")


def no_room(path, _):
    raise Refused("{file} cannot be written: {reason}", file=path, reason="no room")


# Where nothing is to be left.


def test_where_it_is_not_wanted_nothing_is_kept(copies, folder):
    file = copies.start()
    file.write(drawn(LINE))
    unwanted = replace(drawn(LINE), personal=replace(BLANK.personal, recover=False))
    file.write(unwanted)
    assert files(folder) == []
    file.write(drawn(LINE))
    assert len(files(folder)) == 1


def test_all_traces_are_removed_but_those_of_who_lives(copies, folder):
    copies.crashed(drawn(LINE))
    (folder / "a.unreadable").write_text("x")
    (folder / "b.lock").touch()
    mine = copies.start()
    mine.write(drawn(LINE, LINE))
    wipe(folder)
    assert [each.stem for each in folder.iterdir()] == [mine._path.stem] * 2
    assert len(json.loads(mine._path.read_text())["drawing"]["strokes"]) == 2
    mine.close()
    wipe(folder)
    wipe(folder / "absent")
