"""Desks saved and opened, and the desk of a crash, in the real window."""

import hashlib
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from rnn_desk.app import chosen_readings, schema, speed_cache
from rnn_desk.app.actions import choose, draw, intervene, point, show
from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.documents.settings import load
from rnn_desk.app.state import AppState, Look, Models, Pointed
from rnn_desk.app.text import Document
from rnn_desk.app.values import LayerShown, ModelChoice, Unit
from rnn_desk.assets_door import asset
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.core.lab import Experiment, GateFactor
from rnn_desk.core.picture import Picture
from rnn_desk.qt.control import keeping
from tests.models.manifest import FILES

FOREIGN = FILES / "ts_lstm.onnx"
OWN = asset("models", "gru.onnx")
LOAD_MS = 30_000
LIGHT = AppState(look=Look(theme="light"))


@pytest.fixture
def file_named(monkeypatch):
    """Have the system's dialogs answer with this path."""

    def name(path):
        for dialog in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, dialog, lambda *_, **__: (str(path), ""))

    return name


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Where models out of desks are unpacked."""
    folder = tmp_path / "unpacked"
    for room in ("desk", "control.documents"):
        monkeypatch.setattr(f"rnn_desk.qt.{room}.unpacked_folder", lambda: folder)
    return folder


def models_of(desk):
    return [model.path for model in desk.models.loaded]


def stands(desk):
    """All that a desk says, in text; what is pinned, drawn and shown, panels included."""
    state = desk.store.state
    state = choose.panels(state, desk.window.docks.open_names())
    return schema.written(state, Document.DESK)


@pytest.fixture
def wait_for(qtbot):
    def wait(condition):
        qtbot.waitUntil(condition, timeout=LOAD_MS)

    return wait


@pytest.fixture
def at_rest(wait_for):
    """Wait until a desk stands, and shows what it has read."""

    def wait(desk):
        wait_for(lambda: desk.documents.wanted is None and not desk.lessons.busy)
        wait_for(lambda: bool(desk.models.loaded) and desk.settled)

    return wait


def arrange(desk):
    """Set much of it."""
    do = desk.store.do
    do(draw.put, Drawing((stroke([[150, 100], [300, 120], [220, 400]]),)))
    do(intervene.try_out, Experiment(covered=frozenset({3, 4}), off=frozenset({(0, 2)})))
    do(point.pin, 11)
    do(point.pin_unit, Unit(0, 1, 7))
    do(show.view, "gradient", True)
    do(show.of_class, 3)
    do(show.layer_as, LayerShown(0, 0, "c"))
    desk.window.docks["lab"].show()
    desk.window.docks["map"].hide()


def disturb(desk):
    """Have all of it be otherwise."""
    do = desk.store.do
    do(draw.put, Picture(np.zeros((8, 8), np.uint8)))
    do(intervene.try_out, Experiment(noise=0.3))
    do(point.pin, 2)
    do(point.pin_unit, None)
    do(show.view, "gradient", False)
    do(show.of_class, "answer")
    do(show.layer_as, LayerShown(0, 0))
    for dock in desk.window.docks.values():
        dock.hide()


def save(desk, path, file_named, wait_for):
    file_named(path)
    desk.actions["save_desk"].trigger()
    wait_for(path.exists)


def test_a_saved_desk_stands_as_it_did(desk, tmp_path, file_named, wait_for, at_rest, qtbot):
    path = tmp_path / "a.rnndesk"
    desk.open_model(asset("models", "gru.onnx"), 1)
    wait_for(lambda: len(desk.models.loaded) == 2)
    arrange(desk)
    at_rest(desk)
    before = stands(desk)
    assert {"drawing", "lab", "row", "unit", "gradient", "model", "compare", "panel"} <= set(before)
    save(desk, path, file_named, wait_for)
    disturb(desk)
    desk.open_model(asset("models", "rnn.onnx"))
    wait_for(lambda: models_of(desk)[0].stem == "rnn")
    otherwise = stands(desk)
    with qtbot.waitSignal(desk.documents.begun, timeout=LOAD_MS):
        desk.actions["open_desk"].trigger()
    at_rest(desk)
    assert stands(desk) == before
    desk.actions["undo"].trigger()  # nothing that lay there is lost
    assert stands(desk)["drawing"] == otherwise["drawing"]
    assert desk.trace is not None


def test_a_desk_that_says_nothing_is_as_at_a_first_start(desk, tmp_path, at_rest, qtbot):
    path = tmp_path / "a.rnndesk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("desk.json", '{"rnndesk": 1, "panel": "unit map"}')
    arrange(desk)
    with qtbot.waitSignal(desk.documents.begun, timeout=LOAD_MS):
        desk.documents.open(path)
    at_rest(desk)
    assert stands(desk) == {"model": "champion", "panel": "unit map"}


def test_a_dropped_desk_is_opened(desk, tmp_path, file_named, wait_for, at_rest, qtbot):
    path = tmp_path / "a.rnndesk"
    arrange(desk)
    at_rest(desk)
    before = stands(desk)
    save(desk, path, file_named, wait_for)
    disturb(desk)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    with qtbot.waitSignal(desk.documents.begun, timeout=LOAD_MS):
        desk.window.dropped.emit(data)
    at_rest(desk)
    assert stands(desk) == before


def test_what_a_newer_version_wrote_is_saved_again(
    desk, tmp_path, file_named, wait_for, at_rest, qtbot
):
    path, again = tmp_path / "a.rnndesk", tmp_path / "b.rnndesk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("desk.json", '{"rnndesk": 1, "from_the_future": [1]}')
    with qtbot.waitSignal(desk.documents.begun, timeout=LOAD_MS):
        desk.documents.open(path)
    at_rest(desk)
    save(desk, again, file_named, wait_for)
    with zipfile.ZipFile(again) as archive:
        assert json.loads(archive.read("desk.json"))["from_the_future"] == [1]


@pytest.mark.parametrize("record", ['{"rnndesk": 3}', '{"rnndesk": 1, "theme": "dark"}', "{"])
def test_a_hostile_desk_changes_nothing(desk, tmp_path, wait_for, at_rest, record):
    path = tmp_path / "a.rnndesk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("desk.json", record)
    arrange(desk)
    at_rest(desk)
    before = stands(desk)
    desk.files.open(path)
    wait_for(lambda: desk.window.banner.isVisible())
    assert "a.rnndesk" in desk.window.banner.label.text()
    assert stands(desk) == before


# Models of somebody else's.


@pytest.fixture
def foreign_desk(desk, tmp_path, file_named, wait_for):
    """A desk with such a model, saved; the window has an own one again."""
    path = tmp_path / "a.rnndesk"
    desk.open_model(FOREIGN)
    wait_for(lambda: models_of(desk) == [FOREIGN])
    desk.store.do(point.pin, 11)
    save(desk, path, file_named, wait_for)
    desk.open_model(asset("models", "lstm.onnx"))
    wait_for(lambda: models_of(desk)[0].stem == "lstm")
    return path


def answer(desk, wait_for, words):
    wait_for(lambda: desk.documents.sheet is not None)
    sheet = desk.documents.sheet
    next(button for button in sheet.buttons if button.text() == words).click()


def test_a_foreign_model_is_opened_after_asking(desk, foreign_desk, folder, wait_for, at_rest):
    desk.documents.open(foreign_desk)
    wait_for(lambda: desk.documents.sheet is not None)
    assert not folder.exists()
    assert models_of(desk)[0].stem == "lstm"
    answer(desk, wait_for, "Open it")
    wait_for(lambda: models_of(desk)[0].name == FOREIGN.name)
    at_rest(desk)
    assert folder in models_of(desk)[0].parents
    assert desk.store.state.pointed.pinned == 11
    desk.open_model(asset("models", "lstm.onnx"))
    wait_for(lambda: models_of(desk)[0].stem == "lstm")
    desk.documents.open(foreign_desk)  # once it was accepted, it is not asked about again
    wait_for(lambda: models_of(desk)[0].name == FOREIGN.name)


def test_without_the_foreign_model_the_rest_is_opened(
    desk, foreign_desk, folder, wait_for, at_rest
):
    desk.documents.open(foreign_desk)
    answer(desk, wait_for, "Open without it")
    wait_for(lambda: models_of(desk)[0].stem == "champion")
    at_rest(desk)
    assert desk.store.state.pointed.pinned == 11
    assert not folder.exists()


def test_cancelled_everything_stays(desk, foreign_desk, folder, wait_for):
    before = stands(desk)
    desk.documents.open(foreign_desk)
    answer(desk, wait_for, "Cancel")
    wait_for(lambda: desk.documents.sheet is None)
    assert stands(desk) == before
    assert not folder.exists()


MISSING = "that is not there.onnx"


@pytest.mark.parametrize("place", [0, 1])
def test_a_model_that_cannot_be_had_is_said_when_the_desk_stands(desk, tmp_path, at_rest, place):
    missing, own = (ModelChoice(str(path)) for path in (tmp_path / MISSING, OWN))
    models = Models(missing, own) if place == 0 else Models(own, missing)
    lab = Experiment(noise=0.25, off=frozenset({(0, 2)}))
    wanted = replace(LIGHT, models=models, lab=lab)
    desk.documents.come_back(wanted, None, 0)
    at_rest(desk)
    assert desk.window.banner.isVisible()
    assert MISSING in desk.window.banner.label.text()
    if place == 0:  # it is not of the model that reads in its place
        assert [path.stem for path in models_of(desk)] == ["champion", OWN.stem]
        assert desk.store.state.lab == Experiment(noise=0.25)
    else:
        assert [path.stem for path in models_of(desk)] == [OWN.stem]
        assert desk.store.state.lab == lab


def test_of_two_models_that_cannot_be_had_both_are_named(desk, tmp_path, at_rest):
    models = Models(*(ModelChoice(str(tmp_path / f"{k} {MISSING}")) for k in (1, 2)))
    desk.documents.come_back(replace(LIGHT, models=models), None, 0)
    at_rest(desk)
    said = desk.window.banner.label.text()
    assert f"1 {MISSING}" in said
    assert f"2 {MISSING}" in said


def test_a_gate_that_the_cell_lacks_is_left_out(desk, tmp_path, at_rest, qtbot):
    path = tmp_path / "a.rnndesk"
    with zipfile.ZipFile(path, "w") as archive:
        gates = {"1:f": 0.5, "1:z": 0.5, "1:no gate": 0.5}
        archive.writestr(
            "desk.json", json.dumps({"rnndesk": 1, "model": "lstm", "lab": {"gates": gates}})
        )
    with qtbot.waitSignal(desk.documents.begun, timeout=LOAD_MS):
        desk.documents.open(path)
    at_rest(desk)
    assert desk.store.state.lab.gates == (GateFactor(0, "f", 0.5),)


@pytest.mark.parametrize("said", [None, ByHand(InputReading(layout="NHWC"))])
def test_a_desk_says_how_its_model_is_fed_where_nobody_said_it(
    make_desk, tmp_path, file_named, wait_for, at_rest, said
):
    one, two = (make_desk(LIGHT, tmp_path / name / "settings.json") for name in "ab")
    sha256 = hashlib.sha256(FOREIGN.read_bytes()).hexdigest()
    upside_down = ByHand(InputReading(layout="NHWC", reading="columns"))
    one.window.show()
    one.model_sheets._chosen.choose(sha256, upside_down)
    one.documents._store.do(
        choose.read_by, (ModelChoice(str(FOREIGN)),), 28, ()
    )  # as if it had been opened so
    save(one, tmp_path / "a.rnndesk", file_named, wait_for)
    two.window.show()
    if said is not None:
        two.model_sheets._chosen.choose(sha256, said)
    two.documents.open(tmp_path / "a.rnndesk")
    answer(two, wait_for, "Open it")
    at_rest(two)
    assert two.model_sheets._chosen.readings == {sha256: said or upside_down}
    kept = chosen_readings.load(tmp_path / "b" / chosen_readings.FILE)
    assert kept == ({} if said is None else {sha256: said})  # of a person's own alone


# After a crash.


class Crashing(RecoveryFile):
    """One whose process can end before the test's does: from then on it writes and removes
    nothing, and the system has taken its lock."""

    crashed = False

    def crash(self):
        self.crashed = True
        self._lock.release()

    def write(self, state, in_file=None):
        if not self.crashed:
            super().write(state, in_file)

    def close(self):
        assert self.crashed

    def leave(self, _state, _in_file=None):
        assert self.crashed


@pytest.fixture
def crashed(make_desk, tmp_path, monkeypatch, wait_for, at_rest):
    """Have a first window do something and never be closed as it should; what it left."""
    monkeypatch.setattr(keeping, "GAP", 0.0)
    folder = tmp_path / "recovery"

    def crash(act):
        file = Crashing(folder)
        desk = make_desk(recovery=file)
        assert not desk.come_back()
        desk.window.show()
        desk.open_model(asset("models", "lstm.onnx"))
        wait_for(lambda: bool(desk.models.loaded))
        act(desk)
        wait_for(lambda: desk.settled)
        at_rest(desk)
        left = stands(desk), desk.store.state
        wanted = desk.store.state.canvas.shown.strokes
        wait_for(lambda: len(written(folder).get("drawing", {}).get("strokes", "")) == len(wanted))
        wait_for(lambda: written(folder).get("row") == left[0].get("row"))
        wait_for(lambda: written(folder).get("panel") == left[0].get("panel"))
        file.crash()
        desk.window.close()
        return left

    return crash


def written(folder):
    for path in folder.glob("*.json"):
        return json.loads(path.read_text())
    return {}


@pytest.fixture
def second(make_desk, tmp_path):
    desk = make_desk(recovery=RecoveryFile(tmp_path / "recovery"))
    desk.window.show()
    return desk


def test_the_desk_comes_back_after_a_crash(crashed, second, at_rest):
    before, _ = crashed(arrange)
    assert second.come_back()
    at_rest(second)
    assert stands(second) == before


def test_the_stroke_that_was_being_made_comes_back(crashed, second, at_rest):
    line = stroke([[150, 100], [300, 120], [220, 400]])
    crashed(lambda desk: desk.store.do(draw.show_live, line))
    assert second.come_back()
    at_rest(second)
    assert len(second.store.state.canvas.finished.strokes) == 1


def test_a_lesson_comes_back_at_its_step_and_ends_as_it_began(crashed, second, at_rest, wait_for):
    before = []

    def act(desk):
        arrange(desk)
        before.append(stands(desk))
        desk.lessons.begin("gates", 1)
        wait_for(lambda: not desk.lessons.busy)
        desk.store.do(draw.put, Drawing((stroke([[200, 90], [210, 410]]),)))
        desk.store.do(point.pin, 9)

    there, _ = crashed(act)
    assert second.come_back()
    at_rest(second)
    assert (second.lessons.lesson.name, second.lessons.number) == ("gates", 1)
    there["layers"] = [each for each in there["layers"] if each[0] == 1]  # no other model reads
    assert stands(second) == there
    second.lessons.end()
    at_rest(second)
    after = stands(second)
    assert {k: after.get(k) for k in ("drawing", "lab", "row", "unit", "model")} == {
        k: before[0].get(k) for k in ("drawing", "lab", "row", "unit", "model")
    }


def test_a_lesson_that_is_closed_before_it_stands_leaves_the_desk_before_it(
    crashed, second, wait_for, tmp_path
):
    def act(desk):
        arrange(desk)
        desk.lessons.begin("gates", 1)
        wait_for(lambda: not desk.lessons.busy)

    crashed(act)
    assert second.come_back()
    wait_for(lambda: second.lessons.lesson is not None)
    second.lessons.end()
    wait_for(lambda: second.documents.wanted is None and bool(second.models.loaded))
    second.store.do(point.pin, 5)
    wait_for(lambda: written(tmp_path / "recovery").get("row") == 6)
    assert "lesson" not in written(tmp_path / "recovery")


def test_of_several_desks_the_newest_comes_back_and_the_others_are_told_of(
    second, at_rest, make_desk, tmp_path
):
    for row in (3, 4):
        file = RecoveryFile(tmp_path / "recovery")
        file.write(replace(LIGHT, pointed=Pointed(stays=row)))
        file._lock.release()  # as if the process had ended
    assert second.come_back()
    at_rest(second)
    assert second.window.banner.isVisible()
    assert "Others that a crash has left: 1;" in second.window.banner.label.text()
    third = make_desk(recovery=RecoveryFile(tmp_path / "recovery"))
    third.window.show()
    assert third.come_back()
    at_rest(third)
    assert not third.window.banner.isVisible()
    assert {second.store.state.pointed.stays, third.store.state.pointed.stays} == {3, 4}


def test_a_window_that_was_closed_leaves_nothing(make_desk, second, tmp_path, wait_for):
    first = make_desk(recovery=RecoveryFile(tmp_path / "recovery"))
    assert not first.come_back()
    first.window.show()
    first.store.do(draw.put, Drawing((stroke([[1, 2]]),)))
    wait_for(lambda: bool(written(tmp_path / "recovery")))
    first.window.close()
    assert list((tmp_path / "recovery").iterdir()) == []
    assert not second.come_back()


def test_what_is_left_of_a_crash_stays_where_it_is_not_wanted(make_desk, crashed, tmp_path):
    crashed(arrange)
    off = replace(LIGHT, personal=replace(LIGHT.personal, recover=False))
    desk = make_desk(off, recovery=RecoveryFile(tmp_path / "recovery"))
    assert not desk.come_back()


def test_while_a_stroke_grows_nothing_is_asked_of_the_panels(second, monkeypatch):
    second.come_back()
    QTest.qWait(0)
    asked = []
    monkeypatch.setattr(second.window.docks, "open_names", lambda: asked.append(1) or "")
    for end in range(1, 9):
        second.store.do(draw.show_live, stroke([[150, 100], [200 + end, 300]]))
        QTest.qWait(0)
    assert not asked
    second.window.docks["lab"].show()
    QTest.qWait(0)
    assert asked


def test_what_a_lesson_shows_is_not_remembered(make_desk, tmp_path, wait_for, monkeypatch):
    """Not while it is given, at any moment of which the program may be killed, nor after it."""
    monkeypatch.setattr(keeping, "GAP", 0.0)
    path = tmp_path / "settings.json"
    desk = make_desk(LIGHT, path)
    desk.window.show()
    desk.open_model(OWN)
    wait_for(lambda: bool(desk.models.loaded))
    desk.lessons.begin("gradient", 1)
    wait_for(lambda: not desk.lessons.busy)
    assert "gradient" in desk.store.state.views.shown
    desk.store.do(choose.theme, "dark")
    wait_for(lambda: path.exists() and load(path).look.theme == "dark")
    assert not load(path).views.shown
    desk.lessons.end()
    desk.store.do(show.view, "gradient", True)
    wait_for(lambda: load(path).views.shown == {"gradient"})


def test_everything_is_forgotten(make_desk, tmp_path, wait_for, crashed):
    crashed(arrange)
    log, path = tmp_path / "rnn-desk.log", tmp_path / "settings.json"
    desk = make_desk(LIGHT, path, logs=(log,), recovery=RecoveryFile(tmp_path / "recovery"))
    desk.window.show()
    desk.store.do(choose.opened_lately, "/mine/own.onnx")
    desk.store.do(choose.folder, "/mine")
    wait_for(lambda: path.exists() and "/mine" in path.read_text())
    for name in (chosen_readings.FILE, speed_cache.FILE):
        (tmp_path / name).write_text("/mine/own.onnx")
    log.write_text("/mine/own.onnx")
    log.with_name("rnn-desk.log.1").write_text("/mine/own.onnx")
    desk.actions["forget"].trigger()
    answer(desk, wait_for, "Forget everything")
    wait_for(lambda: load(path).personal == AppState().personal)
    desk.background.stop()
    wait_for(lambda: log.read_text() == "")
    left = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert not [each for each in left if "/mine" in each.read_text()]


def test_a_model_that_is_read_is_not_forgotten(
    make_desk, foreign_desk, folder, wait_for, at_rest, tmp_path
):
    desk = make_desk(LIGHT, tmp_path / "settings.json")
    desk.window.show()
    desk.documents.open(foreign_desk)
    answer(desk, wait_for, "Open it")
    wait_for(lambda: [path.name for path in models_of(desk)] == [FOREIGN.name])
    at_rest(desk)
    (unpacked,) = models_of(desk)
    for left in (True, False):
        if not left:
            desk.open_model(OWN)
            wait_for(lambda: models_of(desk) == [OWN])
        desk.actions["forget"].trigger()
        answer(desk, wait_for, "Forget everything")
        wait_for(lambda: desk.documents.sheet is None)
        desk.background.stop()
        assert unpacked.exists() == left
    assert list(folder.iterdir()) == []


def test_at_the_end_no_lock_of_a_model_is_left(make_desk, foreign_desk, folder, wait_for, at_rest):
    desk = make_desk(LIGHT)
    desk.window.show()
    desk.documents.open(foreign_desk)
    answer(desk, wait_for, "Open it")
    wait_for(lambda: [path.name for path in models_of(desk)] == [FOREIGN.name])
    at_rest(desk)
    assert len(list(folder.glob("*.lock"))) == 1
    desk.window.close()
    wait_for(lambda: not desk.window.isVisible())
    assert list(folder.glob("*.lock")) == []


def test_enter_forgets_nothing(desk, monkeypatch):
    forgotten = []
    monkeypatch.setattr(desk.documents, "_forget", lambda: forgotten.append(True))
    desk.actions["forget"].trigger()
    sheet = desk.documents.sheet
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    assert desk.documents.sheet is None
    assert not forgotten
