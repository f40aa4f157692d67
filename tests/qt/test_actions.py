import pytest
from PySide6.QtCore import QObject

from rnn_desk.app.action_table import action_table
from rnn_desk.app.actions import draw, point
from rnn_desk.app.state import AppState
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.qt.actions import ActionStates, Commands, make_actions
from rnn_desk.qt.adapter import QtStore

LINE = stroke([[0, 0], [10, 10]])
NAMES = [spec.name for spec in action_table() if spec.does is None]


@pytest.fixture
def actions(qapp):
    assert qapp is not None
    owner = QObject()
    yield make_actions(owner, action_table())
    owner.deleteLater()


@pytest.fixture
def store(qapp):
    assert qapp is not None
    return QtStore(AppState())


@pytest.fixture
def said():
    return []


@pytest.fixture
def done():
    return []


@pytest.fixture
def states(store, actions):
    return ActionStates(store, actions)


@pytest.fixture
def commands(store, actions, states, said, done):
    some = {name: lambda name=name: done.append(name) for name in NAMES}
    first = {name: some.pop(name) for name in NAMES[:3]}
    return Commands(store, actions, states, (first, some), said.append)


@pytest.mark.usefixtures("commands")
def test_every_action_that_is_no_change_of_the_state_does_the_command_of_its_name(actions, done):
    for name in NAMES:
        actions[name].setEnabled(True)
        actions[name].trigger()
    assert done == NAMES


@pytest.mark.usefixtures("commands")
def test_the_others_change_the_state_and_show_it(actions, store):
    assert not actions["undo"].isEnabled()
    store.do(draw.put, Drawing((LINE,)))
    assert actions["undo"].isEnabled()
    actions["undo"].trigger()
    assert store.state.canvas.finished.is_empty
    assert actions["redo"].isEnabled()
    actions["theme_dark"].trigger()
    assert store.state.look.theme == "dark"
    assert actions["theme_dark"].isChecked()
    actions["theme_dark"].trigger()  # Qt leaves it checked, and so is the state
    assert actions["theme_dark"].isChecked()
    assert not actions["cover_row"].isEnabled()
    store.do(point.pin, 3)
    actions["cover_row"].trigger()
    assert store.state.lab.covered == {3}
    assert actions["cover_row"].isChecked()


@pytest.mark.usefixtures("commands")
def test_the_first_stroke_can_be_dropped_while_it_is_made(actions, store):
    store.do(draw.show_live, LINE)
    actions["undo"].trigger()
    assert store.state.canvas.shown.is_empty


@pytest.mark.usefixtures("commands")
def test_what_waits_for_the_pen_says_so(actions, store, said):
    store.do(draw.put, Drawing((LINE,)))
    store.do(draw.undo)
    store.do(draw.show_live, LINE)
    actions["redo"].trigger()
    assert said == ["Lift the pen first: a stroke is being drawn"]
    assert store.state.canvas.pen_is_down


@pytest.mark.parametrize("wrong", [{"quit"}, {"quit", "play"}, {"quit", "quitting"}])
def test_an_action_without_a_command_or_with_two_is_no_desk(store, actions, states, wrong):
    right = {name: QObject for name in NAMES if name not in {"quit", "about"}}
    with pytest.raises(ValueError, match="exactly one"):
        Commands(store, actions, states, (right, dict.fromkeys(wrong, QObject)), print)


def test_of_a_choice_one_option_is_chosen_at_a_time(actions):
    for choice in ("theme", "language", "tool"):
        options = [actions[spec.name] for spec in action_table() if spec.one_of == choice]
        assert len(options) > 1
        for option in options:
            option.setChecked(True)
            assert [each for each in options if each.isChecked()] == [option]


def test_while_a_stroke_grows_no_action_is_looked_at(states, store, monkeypatch):
    looked = []
    monkeypatch.setattr(states, "_show", looked.append)
    store.do(draw.show_live, LINE)
    begun = len(looked)
    assert begun == len(action_table())
    for _ in range(3):
        store.do(draw.show_live, stroke([[0, 0], [10, 10], [20, 20]]))
    assert len(looked) == begun
    store.do(draw.finish)
    assert len(looked) == 2 * begun
