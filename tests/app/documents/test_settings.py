import json
import logging
import os
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from rnn_desk.app import schema
from rnn_desk.app.documents.settings import SettingsFile, load
from rnn_desk.app.limits import Limits
from rnn_desk.app.state import AppState
from rnn_desk.app.text import Document

BLANK = AppState()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "settings.json"


def look(state, **fields):
    return replace(state, look=replace(state.look, **fields))


def on(state, device):
    return replace(state, models=replace(state.models, device=device))


def with_recent(state, *paths):
    return replace(state, personal=replace(state.personal, recent=paths))


def put(path, record):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")


def test_what_is_kept_is_load(path):
    state = look(BLANK, theme="dark", unsure_below=0.7)
    state = replace(state, layout=replace(state.layout, geometry=b"\x01\x02"))
    SettingsFile(path, BLANK).keep(state)
    assert (load(path).look, load(path).layout) == (state.look, state.layout)


def is_blank(state):
    return schema.written(state, Document.SETTINGS) == {}


def test_a_first_start_has_the_defaults(path):
    assert is_blank(load(path))


def test_without_a_path_nothing_is_kept():
    SettingsFile(None, BLANK).keep(look(BLANK, theme="dark"))
    assert SettingsFile(None, BLANK).beside("a.json") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "\x00", "[" * 100_000, "null"])
def test_settings_that_cannot_be_read_are_set_aside(path, caplog, text):
    put(path, text)
    with caplog.at_level(logging.WARNING):
        assert is_blank(load(path))
    assert not path.exists()
    assert path.with_suffix(".unreadable").read_text() == text
    assert "set aside" in caplog.text


@pytest.mark.parametrize("nonsense", [3, None, [], {"a": 1}])
def test_a_field_that_is_nonsense_costs_no_other_one(path, caplog, nonsense):
    put(path, {"theme": nonsense, "speed": "2"})
    with caplog.at_level(logging.WARNING):
        assert load(path).look == replace(BLANK.look, speed="2")
    assert "theme" in caplog.text


@pytest.mark.parametrize("nonsense", ["Ü", "not base64!", "a"])
def test_nonsense_in_place_of_bytes_is_the_default(path, nonsense):
    put(path, {"geometry": nonsense})
    assert load(path).layout.geometry == b""


@pytest.mark.parametrize("nonsense", ["nan", "inf", "-inf", "1e999", "", "soon"])
def test_what_is_no_ordinary_number_is_the_default(path, nonsense):
    put(path, {"examination_seconds": nonsense, "unsure_below": nonsense})
    assert load(path).personal.limits == Limits()
    assert load(path).look.unsure_below == BLANK.look.unsure_below


def test_nothing_is_written_where_nothing_was_changed(path):
    SettingsFile(path, BLANK).keep(BLANK)
    assert not path.parent.exists()


def test_a_flag_of_this_run_is_not_remembered(path):
    put(path, {"device": "cpu", "language": "en", "theme": "dark"})
    start = on(look(load(path), language="zh"), "cuda")
    SettingsFile(path, start).keep(look(start, theme="light"))
    assert load(path).look.language == "en"
    assert load(path).models.device == "cpu"
    assert load(path).look.theme == "light"


def test_what_is_chosen_is_remembered_even_if_it_is_what_a_flag_said(path):
    put(path, {"device": "auto"})
    start = on(load(path), "cuda")
    file = SettingsFile(path, start)
    file.keep(on(start, "cpu"))
    assert load(path).models.device == "cpu"
    file.keep(start)
    assert load(path).models.device == "cuda"


def test_two_copies_do_not_undo_each_others_settings(path):
    put(path, {"theme": "dark"})
    one, two = SettingsFile(path, load(path)), SettingsFile(path, load(path))
    one.keep(look(load(path), theme="light"))
    two.keep(look(look(BLANK, theme="dark"), speed="4"))
    assert (load(path).look.theme, load(path).look.speed) == ("light", "4")
    one.keep(look(look(BLANK, theme="light"), pen_width="thin"))
    assert load(path).look == replace(BLANK.look, theme="light", speed="4", pen_width="thin")


def test_two_copies_remember_each_others_files(path):
    one, two = SettingsFile(path, BLANK), SettingsFile(path, BLANK)
    one.keep(with_recent(BLANK, "/a.onnx"))
    two.keep(with_recent(BLANK, "/b.onnx"))
    one.keep(with_recent(BLANK, "/c.onnx", "/a.onnx"))
    assert load(path).personal.recent == ("/c.onnx", "/a.onnx", "/b.onnx")
    two.keep(with_recent(BLANK))
    assert load(path).personal.recent == ()


def test_many_copies_at_once(path):
    last = {"theme": "t19", "language": "l19", "unsure_below": 0.95}

    def change(name):
        file = SettingsFile(path, BLANK)
        for k in range(20):
            file.keep(look(BLANK, **{name: k / 20 if name == "unsure_below" else f"{name[0]}{k}"}))

    threads = [Thread(target=change, args=(name,)) for name in last]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert load(path).look == look(BLANK, **last).look


def test_what_is_back_at_its_default_is_so_in_the_file(path):
    file = SettingsFile(path, BLANK)
    file.keep(look(BLANK, theme="dark"))
    file.keep(BLANK)
    assert load(path).look == BLANK.look


def test_what_a_newer_version_wrote_is_kept(path):
    put(path, {"theme": "light", "from_the_future": {"x": [1]}})
    SettingsFile(path, load(path)).keep(look(load(path), theme="dark"))
    assert json.loads(path.read_text()) == {"theme": "dark", "from_the_future": {"x": [1]}}


def test_what_an_older_version_wrote_is_kept_in_the_words_of_now(path):
    put(path, {"overlay": "saliency", "recent": "/a/b.onnx\n/c.onnx", "unsure_below": "0.7"})
    SettingsFile(path, load(path)).keep(look(load(path), theme="dark"))
    assert json.loads(path.read_text()) == {
        "theme": "dark",
        "unsure_below": 0.7,
        "recent": ["/a/b.onnx", "/c.onnx"],
        "saliency": True,
    }


UNREAD = {"theme": ["solarized"], "overlay": "faint", "speed": "0.1", "pen_width": 3, "row": 5}


def test_what_cannot_be_read_is_kept_until_it_is_changed(path, caplog):
    """As a newer version has it, which may be the next one to read it."""
    put(path, UNREAD)
    file = SettingsFile(path, load(path))
    with caplog.at_level(logging.WARNING):
        file.keep(look(load(path), pen_width="thin", unsure_below=0.75))
    told = json.loads(path.read_text())
    assert told == {**UNREAD, "pen_width": "thin", "unsure_below": 0.75}
    shown = replace(load(path).views, shown=frozenset({"saliency"}))
    file.keep(replace(look(BLANK, pen_width="thin", unsure_below=0.75, theme="dark"), views=shown))
    told = json.loads(path.read_text())
    assert "overlay" not in told
    assert (told["theme"], told["saliency"], told["speed"]) == ("dark", True, "0.1")


@pytest.fixture
def out_of_reach(path, monkeypatch):
    """Have the system not let the settings be read, as it does while another program has them."""
    real = Path.read_text
    reached = [False]

    def read_text(self, *args, **kwargs):
        if self == path and not reached[0]:
            raise PermissionError(13, "in use", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "read_text", read_text)
    return reached


def test_settings_that_cannot_be_read_now_stay_where_and_as_they_are(path, caplog, out_of_reach):
    put(path, {"theme": "dark", "speed": "4"})
    with caplog.at_level(logging.WARNING):
        start = load(path)
        assert is_blank(start)
        file = SettingsFile(path, start)
        file.keep(look(start, pen_width="thin"))
    assert [each.name for each in path.parent.glob("*.*") if each.suffix != ".lock"] == [path.name]
    assert json.loads(path.read_bytes()) == {"theme": "dark", "speed": "4"}
    assert "may not be read" in caplog.text
    out_of_reach[0] = True
    file.keep(look(start, pen_width="thin", unsure_below=0.75))
    assert load(path).look == replace(
        BLANK.look, theme="dark", speed="4", pen_width="thin", unsure_below=0.75
    )


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path, caplog):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "settings.json"
    file = SettingsFile(path, BLANK)
    with caplog.at_level(logging.WARNING):
        file.keep(look(BLANK, theme="dark"))
    assert "cannot be written" in caplog.text
    (tmp_path / "file").unlink()
    file.keep(look(BLANK, theme="dark"))
    assert load(path).look.theme == "dark"


@pytest.mark.skipif(os.name != "posix", reason="another system has other words for it")
def test_a_file_that_is_damaged_meanwhile_is_set_aside_and_written_anew(path, caplog):
    file = SettingsFile(path, BLANK)
    put(path, "{")
    with caplog.at_level(logging.WARNING):
        file.keep(look(BLANK, theme="dark"))
    assert load(path).look.theme == "dark"
    assert path.with_suffix(".unreadable").exists()
