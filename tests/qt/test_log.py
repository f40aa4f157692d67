"""What went wrong is in the log, and said in the window; the window lives on."""

import faulthandler
import logging
import sys
import threading

import pytest
from PySide6.QtCore import QTimer

from rnn_desk.app import schema
from rnn_desk.app.documents.settings import load
from rnn_desk.app.text import Document
from rnn_desk.core.errors import Refused
from rnn_desk.qt.platform import log


@pytest.fixture
def kept(tmp_path):
    """A log in a folder of its own; the hooks of before are back afterwards."""
    before = logging.getLogger().level, sys.excepthook, threading.excepthook
    with log.kept(tmp_path / "logs") as files:
        yield files
    logging.getLogger().setLevel(before[0])
    sys.excepthook, threading.excepthook = before[1:]
    faulthandler.enable()


def test_the_log_says_which_program_it_is_of(kept):
    path, crash = kept
    assert "RNN Desk" in path.read_text(encoding="utf-8")
    assert crash.exists()


def test_a_mistake_in_the_program_is_logged_and_told(kept, qtbot):
    told = []
    log.report_mistakes(told.append)
    with qtbot.captureExceptions() as caught:  # pytest-qt has a hook of its own meanwhile
        QTimer.singleShot(0, lambda: 1 / 0)
        qtbot.waitUntil(lambda: bool(caught))
    sys.excepthook(*caught[0])
    assert "ZeroDivisionError" in str(told[0])
    text = kept[0].read_text(encoding="utf-8")
    assert "1 / 0" in text
    assert "Traceback" in text


def test_what_a_file_is_called_is_words_in_the_log(kept):
    logging.getLogger("test").warning("%s is left out", "\x1b[31mred\u202e\r.onnx")
    assert "WARNING test: red .onnx is left out\n" in kept[0].read_text(encoding="utf-8")


@pytest.mark.usefixtures("kept")
def test_a_mistake_on_another_thread_is_told_too():
    told = []
    log.report_mistakes(told.append)
    thread = threading.Thread(target=lambda: [][1])
    thread.start()
    thread.join()
    assert isinstance(told[0], Refused)
    assert "IndexError" in str(told[0])


def raised():
    """An exception, always of this place."""
    try:
        raise KeyError("here")
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_place_is_told_once_while_it_goes_wrong_and_anew_when_it_was_quiet(kept):
    told, now = [], [0.0]
    log.report_mistakes(told.append, lambda: now[0])
    for _ in range(100):
        now[0] += 1.0
        raised()
    assert len(told) == 1
    with pytest.raises(ZeroDivisionError) as other:
        _ = 1 / 0
    sys.excepthook(other.type, other.value, other.tb)
    assert len(told) == 2
    now[0] += 10.0
    raised()
    assert len(told) == 3
    assert kept[0].read_text(encoding="utf-8").count("Traceback") == 3


def test_a_log_that_cannot_be_renamed_is_written_on(kept, monkeypatch):
    def in_use(*_):
        raise PermissionError("another process has it open")  # as Windows says

    monkeypatch.setattr("os.rename", in_use)
    (handler,) = (h for h in logging.getLogger().handlers if isinstance(h, log._Rotating))
    handler.maxBytes = 1
    for words in ("one", "two"):
        logging.getLogger("anyone").info(words)
    lines = kept[0].read_text(encoding="utf-8").splitlines()
    assert [line.split(": ")[-1] for line in lines[-2:]] == ["one", "two"]


def test_where_no_log_can_be_kept_the_program_runs_all_the_same(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with log.kept(tmp_path / "file") as files:
        assert files == ()
    assert "no log is kept" in caplog.text


@pytest.mark.parametrize("content", ["", "{", "[1]", "\x00\xff" * 50])
def test_settings_that_cannot_be_read_are_set_aside(tmp_path, content, caplog):
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="latin-1")
    assert schema.written(load(path), Document.SETTINGS) == {}
    assert not path.exists()
    assert path.with_suffix(".unreadable").read_text(encoding="latin-1") == content
    assert "set aside" in caplog.text
