import logging

from rnn_desk.app.documents.recovery import RecoveryFile
from rnn_desk.app.documents.traces import Places, remove
from rnn_desk.app.documents.unpacked import InUse
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


def test_models_that_a_copy_reads_stay(tmp_path):
    folder = tmp_path / "unpacked"
    paths = [folder / name / "mine.onnx" for name in "abc"]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.touch()
    here, elsewhere, crashed = InUse(folder), InUse(folder), InUse(folder)
    here.read([str(paths[0]), str(tmp_path / "others.onnx"), "/"])
    elsewhere.read([str(paths[1])])
    crashed.read([str(paths[2])])
    for lock in crashed._locks.values():
        lock.release()  # as if the process had ended
    remove(Places(unpacked=folder))
    assert [path.exists() for path in paths] == [True, True, False]
    here.read([])
    elsewhere.read([])
    remove(Places(unpacked=folder))
    assert list(folder.iterdir()) == []


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
