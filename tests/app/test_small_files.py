"""What is kept beside the settings, in small files: measured speeds, and chosen readings."""

import logging
import math
from pathlib import Path

import pytest

from rnn_desk.app import chosen_readings, speed_cache
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import ASIDE

DAMAGED = ["", "[", "1", "[]", '{"a": "much"}', '{"a": []}', "[" * 100_000, "null"]
BY_COLUMNS = ByHand(InputReading(reading="columns", polarity="black_on_white"))
PLAIN = ByHand(InputReading(), 28, tuple("ab"), (("lengths", 28.0),))


def test_speeds_are_kept(tmp_path):
    path = tmp_path / "deep" / speed_cache.FILE
    speeds = {"lstm on cuda": 1.5, "lstm on webgpu": None}
    path.parent.mkdir()
    speed_cache.save_speeds(path, speeds)
    assert speed_cache.load_speeds(path) == speeds


@pytest.mark.parametrize("text", DAMAGED)
def test_speeds_that_cannot_be_read_are_measured_again(tmp_path, text):
    path = tmp_path / speed_cache.FILE
    assert speed_cache.load_speeds(path) == {}
    path.write_text(text)
    assert speed_cache.load_speeds(path) == {}


def test_a_speed_may_be_any_number(tmp_path):
    path = tmp_path / speed_cache.FILE
    path.write_text('{"a": 1, "b": NaN}')
    speeds = speed_cache.load_speeds(path)
    assert speeds["a"] == 1.0
    assert math.isnan(speeds["b"])


def test_readings_are_kept_and_forgotten_by_their_files(tmp_path):
    path = tmp_path / chosen_readings.FILE
    chosen = ChosenReadings(path)
    chosen.choose("one", BY_COLUMNS)
    chosen.choose("two", PLAIN)
    assert ChosenReadings(path).readings == {"one": BY_COLUMNS, "two": PLAIN}
    chosen.choose("one", None)
    chosen.choose("never", None)
    assert chosen.readings == ChosenReadings(path).readings == {"two": PLAIN}


def test_another_copys_readings_stay(tmp_path):
    path = tmp_path / chosen_readings.FILE
    first, second = ChosenReadings(path), ChosenReadings(path)
    first.choose("one", BY_COLUMNS)
    second.choose("two", BY_COLUMNS)
    assert set(ChosenReadings(path).readings) == {"one", "two"}


def test_without_a_file_readings_hold_in_this_run():
    chosen = ChosenReadings(None)
    chosen.choose("one", BY_COLUMNS)
    assert chosen.readings == {"one": BY_COLUMNS}


@pytest.mark.parametrize("text", [*DAMAGED, '{"a": {"reading": "askew"}}', '{"a": {"b": 1}}'])
def test_readings_that_are_damaged_are_set_aside(tmp_path, text, caplog):
    path = tmp_path / chosen_readings.FILE
    path.write_text(text)
    with caplog.at_level(logging.WARNING):
        assert chosen_readings.load(path) == {}
    assert "set aside" in caplog.text
    assert path.with_suffix(ASIDE).read_text() == text


def test_readings_that_cannot_be_read_now_are_not_written_over(tmp_path, monkeypatch, caplog):
    path = tmp_path / chosen_readings.FILE
    ChosenReadings(path).choose("one", BY_COLUMNS)

    def read_text(*_, **__):
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(Path, "read_text", read_text)
        chosen = ChosenReadings(path)
        with pytest.raises(Refused, match="may not be read"):
            chosen.choose("two", BY_COLUMNS)
    assert chosen.readings == {"two": BY_COLUMNS}
    assert ChosenReadings(path).readings == {"one": BY_COLUMNS}


def test_what_cannot_be_kept_holds_in_this_run(tmp_path):
    chosen = ChosenReadings(tmp_path / "nowhere" / "deeper" / chosen_readings.FILE)
    (tmp_path / "nowhere").write_text("a file")
    with pytest.raises(Refused):
        chosen.choose("one", BY_COLUMNS)
    assert chosen.readings == {"one": BY_COLUMNS}


def test_readings_are_beside_the_settings():
    assert chosen_readings.users_own().name == chosen_readings.FILE
