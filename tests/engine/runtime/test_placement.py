"""The truth about a model on a device: its nodes, its form, and how exactly it computes."""

import numpy as np
import onnxruntime as ort
import pytest

from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime import fastest_variant as module
from rnn_desk.engine.runtime.devices import CPU, KINDS
from rnn_desk.engine.runtime.fastest_variant import Started, start_fastest
from rnn_desk.engine.runtime.placement import placement as where
from rnn_desk.protocol.devices import Deviation, Device, Forms, Placement, doubt
from tests.helpers import models
from tests.helpers.second_device import second_device

__all__ = ["second_device"]

CUDA = Device("cuda", "NVIDIA GPU, CUDA", "CUDAExecutionProvider", KINDS[0])


def test_nodes_that_another_provider_ran_are_named():
    """The same run, asked of a provider that took none of it: all of it is left to the CPU."""
    model = models.recurrent().SerializeToString()
    options = ort.SessionOptions()
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    node = {
        "cat": "Node",
        "name": "x_kernel_time",
        "dur": 3,
        "args": {"provider": "CPUExecutionProvider", "op_name": "X"},
    }
    there = where(session, [node, node], CUDA)
    assert there.granted == there.share_of_time == there.share_of_nodes == 0
    assert len(there.left) == there.nodes
    assert any(name.startswith("LSTM") for name in there.left)


def test_the_profile_is_believed_where_onnxruntime_says_less():
    """WebGPU's nodes are left out of what it says, in 1.27."""

    class Silent:
        def get_provider_graph_assignment_info(self):
            return []

    def node(provider, op, name):
        args = {"provider": provider, "op_name": op}
        return {"cat": "Node", "name": f"{name}_kernel_time", "dur": 1, "args": args}

    one_run = [
        node(CUDA.provider, "MatMul", "a"),
        node("CPUExecutionProvider", "GRU", "b"),
        node(CUDA.provider, "Add", "c"),
    ]
    there = where(Silent(), one_run * 2, CUDA)
    assert (there.nodes, there.granted, there.left) == (3, 2, ("GRU b",))
    assert there.share_of_time == pytest.approx(2 / 3)


@pytest.fixture
def no_gru(monkeypatch, second_device):
    """The second device says that it leaves GRUs to the CPU; all else of it is real."""
    real = module.start_placed

    def start_placed(model, device, fed):
        session, there = real(model, device, fed)
        left = ("GRU a",) if b"GRU" in model else ()
        return session, there and Placement(there.nodes, there.nodes - len(left), 0.5, left)

    monkeypatch.setattr(module, "start_placed", start_placed)
    return second_device.device


@pytest.mark.parametrize("faster", [True, False])
def test_a_recurrence_without_a_kernel_runs_in_the_faster_form(
    no_gru, tmp_path, monkeypatch, faster
):
    real, compared = module._compared, []

    def by_measure(*given):
        found = real(*given)
        compared.append(found)
        return Forms(found.operators, 2.0, 1.0 if faster else 3.0, found.agree)

    monkeypatch.setattr(module, "_compared", by_measure)
    on_cpu = open_reader(models.saved(tmp_path, models.recurrent("GRU")), CPU)
    assert on_cpu.placement is None
    there = on_cpu.on(no_gru)
    assert compared[0].operators == ("GRU",)
    assert compared[0].agree
    assert min(compared[0].operator_ms, compared[0].written_out_ms) > 0
    assert there.placement.forms.written_out == faster
    assert (b"GRU" in there.model_bytes) == (not faster)
    assert there.placement.left == (() if faster else ("GRU a",))
    assert there.placement.deviation.exact
    pixels = np.random.default_rng(0).uniform(0, 1, (3, 28, 28)).astype(np.float32)
    assert abs(there.classify(pixels) - on_cpu.classify(pixels)).max() <= 1e-5
    assert abs(there.top_states(pixels) - on_cpu.top_states(pixels)).max() <= 1e-5
    assert there.placement.record["forms"]["written_out"] == faster
    back = there.on(CPU)
    assert b"GRU" in back.model_bytes
    assert back.placement is None


def test_a_form_that_says_otherwise_is_not_taken(no_gru):
    """Were the rewriting wrong for some model, the operator would stay."""
    right, wrong = (models.recurrent("GRU", seed=seed).SerializeToString() for seed in (0, 1))
    started = start_fastest(
        right, no_gru, {"picture": np.ones((1, 28, 28), np.float32)}, lambda: wrong
    )
    assert not started.placement.forms.agree
    assert not started.placement.forms.written_out
    assert started.model == right


def test_a_form_that_does_not_start_is_not_taken(no_gru):
    right = models.recurrent("GRU").SerializeToString()
    fed = {"picture": np.ones((1, 28, 28), np.float32)}
    started = start_fastest(right, no_gru, fed, lambda: b"no model")
    assert started.model == right
    assert started.placement.forms is None


def test_where_nothing_is_left_to_the_cpu_nothing_is_written_out(second_device):
    model = models.recurrent("LSTM").SerializeToString()
    fed = {"picture": np.ones((1, 28, 28), np.float32)}
    started = start_fastest(model, second_device.device, fed, lambda: pytest.fail("not asked for"))
    assert isinstance(started, Started)
    assert started.placement.left == ()


def test_a_device_of_other_numbers_is_told(tmp_path, monkeypatch, second_device):
    """As one that computes in 16 bits unasked: a session of other weights stands for it."""
    on_cpu = open_reader(models.saved(tmp_path, models.recurrent(seed=0)), CPU)
    assert on_cpu.on(second_device.device).doubt is None
    other = on_cpu._whole.__class__.FromString(on_cpu.model_bytes)
    weights = other.graph.initializer[0]
    values = np.frombuffer(weights.raw_data, np.float32)
    weights.raw_data = (values * 1.01).astype(np.float32).tobytes()
    monkeypatch.setattr(on_cpu, "_whole", other)
    there = on_cpu.on(second_device.device)
    assert not there.placement.deviation.exact
    assert str(there.doubt).startswith("Second device gives other numbers than the CPU: on one")


@pytest.mark.parametrize(
    ("probabilities", "states", "exact"),
    [(0, 0, True), (1e-4, 1e-3, True), (2e-4, 0, False), (0, 2e-3, False), (np.nan, 0, False)],
)
def test_what_float32_explains(probabilities, states, exact):
    there = Placement(1, 1, 1.0, deviation=Deviation(probabilities, states))
    assert there.deviation.exact == exact
    assert (doubt("X", there) is None) == exact
