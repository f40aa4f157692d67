import pytest
from PySide6.QtCore import QObject

from rnn_desk.qt.actions import action_table, connect_actions, make_actions


@pytest.fixture
def actions(qapp):
    assert qapp is not None
    owner = QObject()
    yield make_actions(owner, action_table())
    owner.deleteLater()


def test_every_action_of_the_table_does_the_command_of_its_name(actions):
    done = []
    names = list(actions)
    commands = {name: lambda name=name: done.append(name) for name in names}
    some = {name: commands.pop(name) for name in names[:3]}
    connect_actions(actions, (some, commands))
    for name in names:
        actions[name].trigger()
    assert done == names


@pytest.mark.parametrize("wrong", [{"undo"}, {"undo", "redo", "play"}, {"undo", "undone"}])
def test_an_action_without_a_command_or_with_two_is_no_desk(actions, wrong):
    right = {name: QObject for name in actions if name not in {"undo", "redo"}}
    with pytest.raises(ValueError, match="exactly one"):
        connect_actions(actions, (right, dict.fromkeys(wrong, QObject)))


def test_of_a_choice_one_option_is_chosen_at_a_time(actions):
    for choice in ("theme", "language", "tool"):
        options = [actions[spec.name] for spec in action_table() if spec.one_of == choice]
        assert len(options) > 1
        for option in options:
            option.setChecked(True)
            assert [each for each in options if each.isChecked()] == [option]
