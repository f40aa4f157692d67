"""The file of a class's drawings: appended to, written anew, and nobody's line lost."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rnn_desk.app.documents.collection import CollectionFile, gather
from rnn_desk.core.drawing import Drawing, read_drawings, stroke, write_drawings
from rnn_desk.core.errors import Refused

DIGITS = tuple(map(str, range(10)))


def one(x=10.0, label=None, writer=None):
    return Drawing((stroke([[x, 10.123456], [x, 90]]),), label=label, writer=writer)


def labels(path):
    return [each.label for each in read_drawings(path)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "class.jsonl"


def test_a_new_file_is_there_at_once_and_grows(path):
    file = CollectionFile(path)
    assert file.open() == ((), ())
    file.bring(())
    assert path.read_bytes() == b""
    first = (one(1, 1), one(2, 2))
    file.bring(first)
    before = path.read_bytes()
    file.bring((*first, one(3, 3)))
    assert path.read_bytes().startswith(before)
    assert labels(path) == [1, 2, 3]


def test_a_file_that_ends_in_the_middle_of_a_line_is_added_to(path):
    write_drawings(path, [one(1, 1)])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    file = CollectionFile(path)
    there, _ = file.open()
    file.bring((*there, one(2, 2)))
    assert labels(path) == [1, 2]


def test_what_is_relabelled_or_deleted_is_so_in_the_file(path):
    write_drawings(path, [one(k, k) for k in range(3)])
    file = CollectionFile(path)
    (a, b, c), _ = file.open()
    file.bring((a, replace(b, label=7), c))
    assert labels(path) == [0, 7, 2]
    file.bring((c,))
    assert labels(path) == [2]


@pytest.mark.parametrize("strange", [b"not json", b'{"strokes": 3}', b"\xff\xfe", b'{"a": 1}'])
def test_a_line_that_another_program_wrote_stays(path, strange):
    file = CollectionFile(path)
    file.open()
    file.bring((one(1, 1), one(2, 2)))
    with path.open("ab") as stream:
        stream.write(strange + b"\n")
    file.bring((one(2, 5),))
    lines = path.read_bytes().splitlines()
    assert lines[1:] == [strange]
    assert json.loads(lines[0])["label"] == 5


def test_broken_lines_are_named_and_the_others_are_read(path):
    write_drawings(path, [one(1, 1)])
    path.write_text("oops\n" + path.read_text())
    drawings, (broken,) = CollectionFile(path).open()
    assert [each.label for each in drawings] == [1]
    assert "line 1" in str(broken)


def test_what_could_not_be_written_is_written_with_the_next(path, monkeypatch):
    file = CollectionFile(path)
    file.open()
    file.bring(())
    first, second = (one(1, 1),), (one(1, 1), one(2, 2))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", _full)
        with pytest.raises(Refused):
            file.bring(first)
    file.bring((*first, *second[1:]))
    assert labels(path) == [1, 2]


def _full(*_args, **_named):
    raise OSError(28, "No space left on device")


def test_a_packed_file_is_not_collected_in(tmp_path):
    with pytest.raises(Refused, match="unpack it"):
        CollectionFile(tmp_path / "class.jsonl.gz").open()


# Files of others.


@pytest.fixture
def folder(tmp_path):
    """30 pupils' files, one broken, one that is the copy of another, one below."""
    for k in range(30):
        write_drawings(tmp_path / f"pupil{k:02}.jsonl", [one(100 * k + j, j) for j in range(10)])
    (tmp_path / "pupil30.jsonl").write_bytes((tmp_path / "pupil00.jsonl").read_bytes())
    (tmp_path / "pupil31.jsonl").write_text("this is nothing\n")
    (tmp_path / "deep").mkdir()
    write_drawings(tmp_path / "deep" / "more.jsonl", [one(5000, 4, "fox")])
    (tmp_path / "notes.txt").write_text("not asked for")
    return tmp_path


def test_a_folder_is_taken_in_at_once(folder):
    found = gather([folder], (), DIGITS)
    assert len(found.drawings) == 301
    assert found.known == 10
    assert [str(each) for each in found.broken] == [
        f"{folder / 'pupil31.jsonl'}, line 1: this is not a drawing, it is not JSON; "
        "correct or remove the line"
    ]


def test_files_without_writers_get_one_each(folder):
    found = gather([folder], (), DIGITS)
    writers = {each.writer for each in found.drawings}
    assert writers == {*range(1, 31), "fox"}
    assert {each.writer for each in gather([folder / "pupil03.jsonl"], (), DIGITS).drawings} == {
        None
    }


def test_taken_in_again_nothing_is_new(folder):
    first = gather([folder], (), DIGITS).drawings
    again = gather([folder], first, DIGITS)
    assert again.drawings == ()
    assert again.known == 311


def test_a_drawing_that_was_relabelled_here_does_not_come_back_as_it_was(folder):
    first = gather([folder / "pupil01.jsonl"], (), DIGITS).drawings
    here = [replace(each, label=7) for each in first]
    assert gather([folder / "pupil01.jsonl"], here, DIGITS).drawings == ()


def test_a_drawing_in_memory_is_the_one_that_its_file_has(path):
    drawing = Drawing((stroke([[1 / 3, 2 / 3], [100 / 7, 5]]),), label=1)
    write_drawings(path, [drawing])
    assert gather([path], [drawing], DIGITS).known == 1


def test_the_name_of_a_file_says_what_is_in_it(tmp_path):
    for name in ("7-blue fox.jsonl", "x-anna.jsonl"):
        write_drawings(tmp_path / name, [one(len(name))])
    found = {each.label: each.writer for each in gather([tmp_path], (), DIGITS).drawings}
    assert found == {7: "blue fox", None: 1}


def test_a_folder_without_drawings_is_named(tmp_path):
    assert "holds no files" in str(gather([tmp_path], (), DIGITS).broken[0])
