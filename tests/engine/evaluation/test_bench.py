"""The figures of a bench: what is in them, and what is concluded from them."""

import numpy as np
import pytest

from rnn_desk.app.speed_cache import load_speeds, save_speeds
from rnn_desk.assets_door import default_model
from rnn_desk.core.raster import Raster
from rnn_desk.engine.evaluation.bench import measure
from rnn_desk.engine.evaluation.fastest_device import fastest
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.devices import BatchFigures, DeviceFigures, Spread, overtaken, spread
from tests.helpers import models
from tests.helpers.second_device import second_device

__all__ = ["second_device"]

PICTURES = np.zeros((3, 28, 28), np.float32)
BLANK = Raster(PICTURES[0])


def figures(rates):
    """Digits per second by batch, as the figures of a device."""
    return DeviceFigures(
        CPU,
        1.0,
        tuple(
            BatchFigures(batch, 1.0, Spread(batch / rate * 1e3, 1.0, 1))
            for batch, rate in rates.items()
        ),
        {},
        None,
    )


def test_each_batch_is_run_as_it_says():
    reader = open_reader(default_model(), CPU)
    measured = measure(reader, CPU, PICTURES, lambda there: [there.read(BLANK)], (1, 5), 0.05)
    assert [each.batch for each in measured.batches] == [1, 5]
    for each in measured.batches:
        assert each.first_ms > 0
        assert 0 < each.spread.p50 <= each.spread.p99
        assert each.digits_per_second == pytest.approx(each.batch / each.spread.p50 * 1e3)
    assert set(measured.stages) == {"raster", "run", "replay"}
    assert measured.placement is None


def test_a_model_of_fixed_batch_is_measured_at_that(tmp_path):
    model = models.recurrent(batch=4)
    reader = open_reader(models.saved(tmp_path, model, models.card(batch=4)), CPU)
    measured = measure(reader, CPU, PICTURES, lambda there: [there.read(BLANK)], (1, 5), 0.01)
    assert [each.batch for each in measured.batches] == [4]


def test_a_spread_is_median_and_99th_percentile():
    assert spread([float(k) for k in range(1, 102)]) == Spread(51.0, 100.0, 101)


@pytest.mark.parametrize(
    ("rates", "batch"),
    [
        ({1: 5, 28: 50, 256: 500}, 28),
        ({1: 5, 28: 5, 256: 5}, None),
        ({1: 50, 28: 5, 256: 500}, 256),
        ({1: 50, 28: 50, 256: 50}, 1),
    ],
)
def test_where_another_device_overtakes_the_cpu(rates, batch):
    cpu = figures({1: 10, 28: 10, 256: 10})
    assert overtaken(cpu, figures(rates)) == batch


def test_where_there_is_only_a_cpu_it_is_the_fastest():
    choice = fastest(open_reader(default_model(), CPU))
    if len(choice.milliseconds) > 1:
        pytest.skip("this machine has another device")
    assert choice.reader.device == CPU
    assert str(choice.why) == "no other device can be used here"


@pytest.mark.usefixtures("second_device")
def test_the_fastest_is_measured_once(monkeypatch):
    reader = open_reader(default_model(), CPU)
    choice = fastest(reader)
    assert set(choice.milliseconds) >= {"CPU", "Second device"}
    assert "Broken device" not in choice.milliseconds
    best = min(choice.milliseconds, key=choice.milliseconds.get)
    assert choice.reader.device.label == best
    assert f"{best} {choice.milliseconds[best]:.1f} ms" in str(choice.why)
    monkeypatch.setattr(
        "rnn_desk.engine.evaluation.fastest_device._milliseconds", lambda _: pytest.fail("again")
    )
    assert fastest(reader, choice.speeds).milliseconds == choice.milliseconds


@pytest.mark.usefixtures("second_device")
def test_what_was_measured_decides():
    reader = open_reader(default_model(), CPU)
    speeds = fastest(reader).speeds
    slow = {key: 9.0 if "Second" in key else 99.0 for key in speeds}
    assert fastest(reader, slow).reader.device.name == "second"


@pytest.mark.parametrize("text", ["", "[]", '{"a": "b"}', "\x00"])
def test_nonsense_that_was_kept_is_measured_again(tmp_path, text):
    kept = tmp_path / "speeds.json"
    kept.write_text(text)
    assert load_speeds(kept) == {}


def test_what_was_measured_is_kept(tmp_path):
    speeds = {"a CPU": 1.5, "a GPU that is not exact": None}
    save_speeds(tmp_path / "speeds.json", speeds)
    assert load_speeds(tmp_path / "speeds.json") == speeds
