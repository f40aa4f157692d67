"""The reference letters are what their command writes: four of each, all different."""

from collections import Counter

from rnn_desk.assets_door import asset
from rnn_desk.core.raster import Frame
from rnn_desk.core.references import reference_letters, references_for
from training.letters import EACH, main


def test_the_file_is_what_the_command_writes(tmp_path):
    path = tmp_path / "letters.jsonl"
    assert main([str(path)]) == 0
    assert path.read_bytes() == asset("reference", "letters.jsonl").read_bytes()


def test_there_are_four_of_each_letter_and_none_is_there_twice():
    letters = reference_letters()
    assert set(Counter(letters.labels).values()) == {EACH}
    assert len(set(letters.labels)) == 52
    pictures = letters.pictures(Frame(), range(len(letters.drawings)))
    assert len({picture.tobytes() for picture in pictures}) == len(letters.drawings)


def test_letters_are_what_a_model_of_all_letters_is_held_against():
    assert references_for(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) is reference_letters()
    assert references_for(tuple("ABC")) is None
