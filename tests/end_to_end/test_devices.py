"""Choosing a device in the window, switching while drawing, and a device that fails."""

import json

import pytest

from rnn_desk.app.actions import point
from rnn_desk.app.documents.settings import load
from rnn_desk.app.requests import MapStates
from rnn_desk.assets_door import default_model
from tests.end_to_end.conftest import LOAD_MS
from tests.helpers.engine import SharedEngines, held_back
from tests.helpers.pen import draw, draw_stroke
from tests.helpers.second_device import CLASH, second_device

__all__ = ["second_device"]


def choose(qtbot, desk, label):
    """By the menu in the header, as a person does."""
    menu = desk.window.header.devices
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: any(label in a.text() for a in menu.actions()), timeout=LOAD_MS)
    next(action for action in menu.actions() if label in action.text()).trigger()


@pytest.fixture
def own_engines(second_device):  # noqa: ARG001  which a process must know from its start
    """Engine processes that have the second device, from which requests can be held back."""
    engines = SharedEngines()
    yield engines
    engines.close()


def device_of(desk):
    return desk.models.loaded[0].device.name


@pytest.mark.usefixtures("second_device")
def test_a_device_is_chosen_and_the_drawing_stays(qtbot, desk, settle, own_drawings):
    draw(desk.window.canvas, own_drawings[3])
    settle()
    before = desk.trace
    desk.store.do(point.pin, 9)
    layers = desk.window.reading.rows.groups
    choose(qtbot, desk, "Second device")
    qtbot.waitUntil(lambda: desk.trace.device == "Second device", timeout=LOAD_MS)
    assert abs(desk.trace.probabilities - before.probabilities).max() < 1e-6
    assert abs(desk.trace.layers[0].h - before.layers[0].h).max() < 1e-6
    assert desk.store.state.pointed.row == 9
    assert desk.window.reading.rows.groups == layers, "views were built anew"
    assert desk.window.header.device.text().startswith("Second device")
    assert "nodes run on it" in desk.window.header.device.toolTip()
    assert not desk.window.banner.isVisible()


@pytest.mark.usefixtures("second_device")
def test_what_is_read_after_a_move_is_shown_though_it_was_read_anew_to_time_it(
    qtbot, desk, settle, own_drawings
):
    draw(desk.window.canvas, own_drawings[3])
    settle()
    desk.presenter.read_again()
    settle()
    desk.choice.set_device("second")
    qtbot.waitUntil(lambda: device_of(desk) == "second", timeout=LOAD_MS)
    settle()
    assert desk.trace.device == "Second device"


@pytest.mark.usefixtures("second_device")
def test_a_map_that_was_begun_before_the_move_is_shown(qtbot, make_desk, own_engines):
    desk = make_desk(processes=own_engines.make)
    held_back(desk).hold(MapStates)
    desk.window.show()
    desk.open_model(default_model())
    qtbot.waitUntil(lambda: bool(desk.models.loaded), timeout=LOAD_MS)
    desk.choice.set_device("second")
    qtbot.waitUntil(lambda: device_of(desk) == "second", timeout=LOAD_MS)
    assert desk.window.panels.map.map is None
    with qtbot.waitSignal(desk.survey.mapped, timeout=LOAD_MS):
        held_back(desk).let_go()
    assert desk.window.panels.map.map is not None


@pytest.mark.usefixtures("second_device")
def test_a_device_that_cannot_be_had_leaves_the_cpu(qtbot, desk, settle, own_drawings):
    draw(desk.window.canvas, own_drawings[3])
    settle()
    desk.choice.set_device("broken")
    qtbot.waitUntil(desk.window.banner.isVisible, timeout=LOAD_MS)
    assert "Broken device was asked for and is not available" in desk.window.banner.label.text()
    assert "or use the CPU" in desk.window.banner.label.text()
    assert device_of(desk) == "cpu"
    assert desk.trace.device == "CPU"


def test_a_device_lost_in_mid_drawing_costs_no_drawing(
    second_device, qtbot, desk, settle, own_drawings
):
    choose(qtbot, desk, "Second device")
    qtbot.waitUntil(lambda: device_of(desk) == "second", timeout=LOAD_MS)
    first = own_drawings[3].strokes[0]
    draw_stroke(desk.window.canvas, [tuple(p) for p in first.points])
    settle()
    second_device.pull_out()
    draw(desk.window.canvas, own_drawings[13])
    qtbot.waitUntil(lambda: desk.trace.device == "CPU" and desk.settled, timeout=LOAD_MS)
    assert second_device.runs() % 2 == 0, "each reading is tried twice"
    assert "Second device failed" in desk.window.banner.label.text()
    assert "the connection to it was lost; the CPU reads now" in desk.window.banner.label.text()
    assert desk.window.banner.isVisible()
    assert len(desk.store.state.canvas.shown.strokes) == 1 + len(own_drawings[13].strokes)
    assert desk.trace.raster.pixels.any()


@pytest.mark.usefixtures("second_device")
def test_the_menu_lists_what_is_not_usable_with_the_reason(qtbot, desk):
    menu = desk.window.header.devices
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: len(menu.actions()) > 3, timeout=LOAD_MS)
    by_words = {action.text(): action for action in menu.actions()}
    broken = by_words["Broken device"]
    assert not broken.isEnabled()
    assert "not there any more" in broken.toolTip()
    cpu = next(action for words, action in by_words.items() if words.startswith("CPU"))
    assert cpu.isEnabled()
    assert cpu.isChecked()


@pytest.mark.usefixtures("second_device")
def test_wheels_that_overwrite_each_other_are_told_when_the_menu_opens(qtbot, monkeypatch, request):
    monkeypatch.setenv(CLASH, "1")
    desk = request.getfixturevalue("desk")
    desk.window.header.devices.aboutToShow.emit()
    qtbot.waitUntil(desk.window.banner.isVisible, timeout=LOAD_MS)
    assert "are installed at once" in desk.window.banner.label.text()


@pytest.mark.usefixtures("second_device")
def test_the_device_is_remembered(qtbot, make_desk, tmp_path):
    path = tmp_path / "settings.json"
    first = make_desk(path=path)
    first.choice.set_device("second")
    first.window.close()
    assert json.loads(path.read_text())["device"] == "second"
    again = make_desk(load(path))
    again.window.show()
    again.open_model(default_model())
    qtbot.waitUntil(
        lambda: bool(again.models.loaded) and device_of(again) == "second", timeout=LOAD_MS
    )


@pytest.mark.usefixtures("second_device")
def test_the_fastest_is_measured_and_the_reason_told(qtbot, desk, settle, own_drawings):
    draw(desk.window.canvas, own_drawings[3])
    settle()
    choose(qtbot, desk, "Fastest")
    qtbot.waitUntil(lambda: "fastest" in desk.window.header.device.toolTip(), timeout=LOAD_MS)
    settle()
    tip = desk.window.header.device.toolTip()
    assert "CPU" in tip
    assert "Second device" in tip
    assert desk.trace.device in ("CPU", "Second device")
    assert tip.index(desk.trace.device) == min(tip.index("CPU"), tip.index("Second device"))


@pytest.mark.usefixtures("second_device")
def test_who_changes_their_mind_back_is_not_moved(qtbot, desk):
    moved = []
    desk.models.moved.connect(moved.append)
    desk.choice.set_device("second")
    assert desk.devices.busy
    desk.choice.set_device("cpu")
    assert not desk.devices.busy
    desk.devices.list()  # is answered after what was asked before
    with qtbot.waitSignal(desk.devices.listed, timeout=LOAD_MS):
        pass
    assert not moved
    assert device_of(desk) == "cpu"


@pytest.mark.usefixtures("second_device")
def test_of_choices_in_quick_succession_the_last_one_counts(qtbot, desk, settle, own_drawings):
    draw(desk.window.canvas, own_drawings[3])
    settle()
    moved = []
    desk.models.moved.connect(moved.append)
    for name in ("second", "broken", "cpu", "broken", "second"):
        desk.choice.set_device(name)
    qtbot.waitUntil(lambda: not desk.devices.busy, timeout=LOAD_MS)
    settle()
    assert [models[0].device.name for models in moved] == ["second"]
    assert desk.trace.device == "Second device"
    assert not desk.window.banner.isVisible(), "told of a choice that nobody wants any more"
