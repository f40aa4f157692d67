import logging

from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.documents.traces import Places, remove
from rnn_desk.app.state import AppState


def test_nothing_is_left_of_what_a_person_did(tmp_path):
    recovery, unpacked = tmp_path / "recovery", tmp_path / "unpacked"
    file = RecoveryFile(recovery)
    file.write(AppState())
    file._lock.release()  # as if the process had ended
    (unpacked / "a").mkdir(parents=True)
    (unpacked / "a" / "mine.onnx").touch()
    readings, log = tmp_path / "readings.json", tmp_path / "rnn-desk.log"
    for each in (readings, log, tmp_path / "rnn-desk.log.1", tmp_path / "others.txt"):
        each.write_text("x")
    remove(Places(recovery, unpacked, (readings, tmp_path / "absent.json"), (log,)))
    left = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert sorted(each.name for each in left) == ["others.txt", "rnn-desk.log"]
    assert log.read_text() == ""


def test_a_log_that_is_being_written_goes_on(tmp_path):
    log = tmp_path / "rnn-desk.log"
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.emit(logging.makeLogRecord({"msg": "before"}))
    remove(Places(logs=(log,)))
    handler.emit(logging.makeLogRecord({"msg": "after"}))
    handler.close()
    assert log.read_text().split() == ["after"]


def test_nowhere_is_nothing_to_remove():
    remove(Places())
