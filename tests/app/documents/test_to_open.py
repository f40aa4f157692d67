"""Files that are named together: what becomes of each."""

import pytest

from rnn_desk.app.documents.to_open import ToOpen, to_open
from rnn_desk.core.drawing import to_json


@pytest.fixture
def folder(tmp_path, own_drawings, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.png", "b.png", "without a suffix"):
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("a.onnx", "B.ONNX", "c.onnx", "weights"):
        (tmp_path / name).write_bytes(b"\x08\x08")
    (tmp_path / "d.jsonl").write_text(to_json(own_drawings[0]) + "\n")
    return tmp_path


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ([], {}),
        (["a.png"], {"original": "a.png"}),
        (["d.jsonl"], {"original": "d.jsonl"}),
        (["without a suffix"], {"original": "without a suffix"}),
        (["a.onnx"], {"models": ["a.onnx"]}),
        (["weights"], {"models": ["weights"]}),  # the engine says what is wrong with it
        (["absent.png"], {"original": "absent.png"}),  # refused as a picture
        (["absent"], {"models": ["absent"]}),
        (["a.png", "a.onnx"], {"original": "a.png", "models": ["a.onnx"]}),
        (["a.onnx", "d.jsonl", "B.ONNX"], {"original": "d.jsonl", "models": ["a.onnx", "B.ONNX"]}),
        (
            ["a.png", "b.png", "a.onnx", "B.ONNX", "c.onnx"],
            {"original": "a.png", "models": ["a.onnx", "B.ONNX"], "left": ["c.onnx", "b.png"]},
        ),
        (["a.png", "x.RNNDESK", "a.onnx"], {"desk": "x.RNNDESK", "left": ["a.png", "a.onnx"]}),
        (["x.toml", "y.rnndesk"], {"lesson": "x.toml", "left": ["y.rnndesk"]}),
    ],
)
def test_each_has_its_place_or_is_left(folder, names, wanted):
    found = to_open([folder / name for name in names])
    given = {
        name: folder / value if isinstance(value, str) else tuple(folder / each for each in value)
        for name, value in wanted.items()
    }
    assert found == ToOpen(**given)


def test_a_model_that_is_named_as_one_comes_first(folder):
    found = to_open([folder / "a.onnx", folder / "a.png"], [folder / "b.png"])
    assert found.models == (folder / "b.png", folder / "a.onnx")
    assert found.original == folder / "a.png"
    desk = to_open([folder / "x.rnndesk"], [folder / "a.onnx"])
    assert desk == ToOpen(desk=folder / "x.rnndesk", left=(folder / "a.onnx",))
