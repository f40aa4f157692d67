"""Devices on the command line: the list, the truth about where something ran, and failures."""

import json

import pytest

from rnn_desk.assets_door import default_model
from rnn_desk.cli import answered
from rnn_desk.core.drawing import write_drawings
from rnn_desk.core.plain import counted
from rnn_desk.engine.runtime import devices as table
from tests.helpers.second_device import second_device

__all__ = ["second_device"]


@pytest.fixture
def digits(tmp_path, own_drawings):
    path = tmp_path / "digits.jsonl"
    write_drawings(path, own_drawings[:40])
    return path


def test_the_list_begins_with_what_can_be_used_and_fits_its_lines(told, monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    status, out, _ = told("devices")
    lines = out.splitlines()
    assert status == 0
    assert lines[:2] == ["usable", f"  {'cpu':<14}CPU, {counted(table.CPU.cores, 'core')}"]
    assert lines.index("usable") < lines.index("not usable here") < lines.index("of other systems")
    assert max(map(len, lines)) <= 90
    for kind in table.KINDS:
        assert any(line.split()[:1] == [kind.name] for line in lines)


def test_each_answer_names_the_device_that_gave_it(told, digits, second_device):
    _, out, err = told("classify", "--json", "--device", second_device.name, digits)
    assert {json.loads(line)["device"] for line in out.splitlines()} == {"second"}
    assert err == ""


def test_a_device_lost_between_digits_leaves_the_rest_to_the_cpu(
    told, digits, second_device, monkeypatch
):
    monkeypatch.setattr(answered, "AT_ONCE", 10)
    real, parts = answered._checked, []

    def checked(*given):
        parts.append(given)
        if len(parts) == 20:
            second_device.pull_out()
        return real(*given)

    monkeypatch.setattr(answered, "_checked", checked)
    status, out, err = told("classify", "--json", "--device", second_device.name, digits)
    assert status == 0
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["device"] for answer in answers] == ["second"] * 20 + ["cpu"] * 20
    assert err == (
        "rnn-desk classify: Second device failed while reading a picture: the connection to it was "
        "lost; the CPU reads now\n"
    )


def test_a_device_that_cannot_be_had_is_refused_in_one_sentence(told, digits, second_device):
    assert second_device
    status, out, err = told("classify", "--json", "--device", "broken", digits)
    assert (status, out) == (1, "")
    assert err.startswith(
        "rnn-desk classify: Broken device was asked for and is not available (it is not there any "
        "more"
    )
    assert len(err.splitlines()) == 1


def test_inspect_tells_the_truth_about_a_device(told, second_device):
    _, out, _ = told("inspect", default_model(), "--device", second_device.name, "--json")
    found = json.loads(out)
    there = found["placement"]
    assert (found["device"], found["device_label"]) == ("second", "Second device")
    assert there["nodes"] == there["granted"] > 0
    assert there["share_of_nodes"] == there["share_of_time"] == 1
    assert (there["left"], there["forms"], found["device_reason"]) == ([], None, None)
    assert there["deviation"] == {"probabilities": 0, "states": 0}


def test_the_fastest_device_is_taken_and_the_reason_told(
    told, second_device, monkeypatch, tmp_path
):
    monkeypatch.setattr("rnn_desk.app.chosen_readings.users_own", lambda: tmp_path / "choices.json")
    status, out, err = told("inspect", default_model(), "--device", "auto", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["device_reason"].startswith("the fastest for one digit: ")
    assert second_device.label in found["device_reason"]
    assert err == f"rnn-desk inspect: {found['device_label']}: {found['device_reason']}\n"
