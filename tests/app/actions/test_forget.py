from dataclasses import replace

from rnn_desk.app.actions import forget
from rnn_desk.app.state import AppState, Look, Personal


def test_no_file_and_no_folder_of_a_person_is_known_any_more():
    mine = Personal("/mine", ("/mine/a.onnx",), recover=False, seconds=40.0)
    state = replace(AppState(), personal=mine, look=Look("dark"))
    only = Personal(recover=False, seconds=40.0)
    assert forget.person(state) == replace(state, personal=only)
