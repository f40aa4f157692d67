"""A network under experiments: whole where nothing is done; and against torch, step by step."""

import numpy as np
import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core.cells import CELLS
from rnn_desk.core.errors import Refused
from rnn_desk.core.lab import Experiment, altered
from rnn_desk.core.raster import rasterise
from rnn_desk.core.trace import GradientTrace
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.lab import Lab
from rnn_desk.engine.inference.split_model import CutUp
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import DeviceFailed
from tests.helpers import models

CLOSE = 1e-5
OPS = ["LSTM", "GRU", "RNN"]
MODELS = [
    pytest.param({"layers": 2}, id="two layers"),
    pytest.param({"direction": "bidirectional", "layers": 2, "head": "mean"}, id="both ways"),
    pytest.param({"direction": "reverse", "head": "first"}, id="upwards"),
    pytest.param({"batch": 1, "states": True}, id="one picture at a time, states given"),
]


def opened(folder, shape, op="LSTM"):
    model = models.recurrent(op, **shape)
    card = models.card(batch=shape.get("batch", "free"))
    return model, open_reader(models.saved(folder, model, card), CPU)


def read(lab, drawing, experiment):
    """What the lab makes of a drawing: of its raster, with what is done to the picture done."""
    raster = altered(
        rasterise(drawing, *lab.reader.card.frame), experiment, orientation=lab.reader.orientation
    )
    return lab.read(raster, experiment)


@pytest.fixture(scope="module")
def lab():
    """The lab of the model that ships with the program."""
    return Lab(open_reader(asset("models", "lstm.onnx"), CPU))


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("shape", MODELS)
def test_cut_up_with_nothing_done_it_is_the_whole_model(tmp_path, own_drawings, op, shape):
    _, reader = opened(tmp_path, shape, op)
    parts = CutUp(reader)
    for drawing in own_drawings[::60]:
        whole = reader.read_drawing(drawing)
        trace = parts.read(whole.raster, Experiment())
        assert np.abs(trace.probabilities - whole.probabilities).max() <= CLOSE
        assert np.abs(trace.belief - whole.belief).max() <= CLOSE
        assert trace.belief_kind == whole.belief_kind
        for mine, its in zip(trace.layers, whole.layers, strict=True):
            assert (mine.name, mine.direction) == (its.name, its.direction)
            assert set(mine.quantities) == set(its.quantities)
            for name, values in mine.quantities.items():
                assert np.abs(values - its.quantities[name]).max() <= CLOSE, name


def test_many_are_classified_as_one_by_one(lab, own_drawings):
    experiment = Experiment(off=frozenset({(0, 3), (1, 7)}), noise=0.2)
    rasters = [rasterise(drawing) for drawing in own_drawings[::40]]
    pixels = np.stack([altered(raster, experiment).pixels for raster in rasters])
    together = lab.classify(pixels, experiment)
    for drawing, found in zip(own_drawings[::40], together, strict=True):
        assert np.abs(read(lab, drawing, experiment).probabilities - found).max() <= CLOSE


def by_torch(op, weights, x, off=(), gates=None, zeroed=(), held=None):
    """h of every row, by torch's own arithmetic, one step at a time; ONNX's order of gates."""
    torch = pytest.importorskip("torch")
    w, r, b = (torch.from_numpy(np.array(array)) for array in weights)
    units, scale = r.shape[1], dict.fromkeys("iofgzrn", 1.0) | (gates or {})
    b_x, b_h = b.chunk(2)

    def kept(name, gate):
        return torch.full_like(gate, held[name]) if held and name in held else scale[name] * gate

    h = c = torch.zeros(units)
    states = []
    for row, pixels in enumerate(torch.from_numpy(np.array(x))):
        from_x, from_h = w @ pixels + b_x, r @ h + b_h
        if op == "LSTM":
            i, o, f, g = (from_x + from_h).chunk(4)
            i, o, f, g = i.sigmoid(), o.sigmoid(), f.sigmoid(), g.tanh()
            c = kept("f", f) * c + kept("i", i) * kept("g", g)
            h = kept("o", o) * c.tanh()
        elif op == "GRU":
            (xz, xr, xn), (hz, hr, _) = from_x.chunk(3), from_h.chunk(3)
            z, reset = kept("z", (xz + hz).sigmoid()), (xr + hr).sigmoid()
            n = kept("n", (xn + r[2 * units :] @ (reset * h) + b_h[2 * units :]).tanh())
            h = (1 - z) * n + z * h
        else:
            h = (from_x + from_h).tanh()
        h = h.clone()
        h[list(off)] = 0
        if row in zeroed:
            h, c = torch.zeros(units), torch.zeros(units)
        states.append(h.numpy())
    return np.stack(states)


SURGERY = [
    pytest.param({"off": (1, 4)}, id="units off"),
    pytest.param({"zeroed": (11, 15)}, id="state forgotten"),
    pytest.param({"gates": {"f": 0.5, "o": 1.5, "z": 0.5, "n": 1.5}}, id="gates scaled"),
    pytest.param({"held": {"f": 1.0, "g": -0.5, "z": 0.0, "n": 0.25}}, id="gates held"),
]


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("done", SURGERY)
def test_what_is_done_to_a_layer_is_torchs_step_by_step(tmp_path, own_drawings, op, done):
    model, reader = opened(tmp_path, {}, op)
    weights = [array[0] for array in models.weights_of(model, op)[0][:3]]
    drawing = own_drawings[100]
    of_the_cell = {g: f for g, f in done.get("gates", {}).items() if g in CELLS[op].gates}
    experiment = Experiment(
        off=frozenset((0, unit) for unit in done.get("off", ())),
        zeroed=frozenset((0, row) for row in done.get("zeroed", ())),
    )
    for gate, factor in of_the_cell.items():
        experiment = experiment.with_factor(0, gate, factor)
    for gate, at in done.get("held", {}).items():
        if gate in CELLS[op].gates:
            experiment = experiment.with_held(0, gate, at)
    trace = read(Lab(reader), drawing, experiment)
    expected = by_torch(op, weights, trace.raster.pixels, **done)
    assert np.abs(trace.layers[0].h - expected).max() <= CLOSE
    whole = reader.read_drawing(drawing).layers[0].h
    assert (np.abs(whole - expected).max() > 100 * CLOSE) == (experiment.on)
    # The answer is the model's own head on that state.
    assert np.abs(trace.probabilities - reader.head_on(expected[-1:])[0]).max() <= CLOSE


def test_a_gate_held_at_its_mean_is_what_it_is_on_average(lab, own_drawings):
    traces = [lab.reader.read_drawing(drawing) for drawing in own_drawings]
    for layer, gate in ((0, "f"), (1, "o")):
        mean = np.mean([trace.layers[layer].gates[gate] for trace in traces], axis=(0, 1))
        trace = read(lab, own_drawings[30], Experiment().with_held(layer, gate, "mean"))
        assert np.abs(trace.layers[layer].gates[gate] - mean).max() <= CLOSE


def test_a_state_forgotten_at_the_last_row_leaves_the_head_alone(lab, own_drawings):
    trace = read(lab, own_drawings[0], Experiment(zeroed=frozenset({(1, 27)})))
    assert not trace.layers[1].h[27].any()
    assert not trace.layers[1].c[27].any()
    assert np.allclose(trace.probabilities, lab.reader.head_on(np.zeros((1, 64), np.float32))[0])


def test_upwards_a_row_is_the_row_in_the_picture(tmp_path, own_drawings):
    _, reader = opened(tmp_path, {"direction": "reverse", "head": "first"})
    trace = read(Lab(reader), own_drawings[0], Experiment(zeroed=frozenset({(0, 9)})))
    whole = reader.read_drawing(own_drawings[0])
    assert not trace.layers[0].h[9].any()
    assert np.abs(trace.layers[0].h[10:] - whole.layers[0].h[10:]).max() <= CLOSE  # read before it
    assert np.abs(trace.layers[0].h[8] - whole.layers[0].h[8]).max() > 100 * CLOSE


def test_the_accuracy_is_that_of_the_reference_digits_one_by_one(lab, own_drawings):
    experiment = Experiment(covered=frozenset(range(8, 13)), off=frozenset({(0, 2)}))
    right = [lab.reader.read_drawing(d).answer == d.label for d in own_drawings[::4]]
    accuracy = lab.accuracy(experiment)
    assert accuracy.count == len(own_drawings)
    assert accuracy.plain == pytest.approx(np.mean(right), abs=0.05)
    under = [read(lab, d, experiment).answer == d.label for d in own_drawings]
    assert accuracy.altered == pytest.approx(np.mean(under))
    assert accuracy.altered < accuracy.plain - 0.05


def test_a_network_that_is_no_such_stack_is_left_alone(tmp_path, own_drawings):
    path = models.saved(tmp_path, models.convolution(), models.card(layout="NCHW"))
    lab = Lab(open_reader(path, CPU))
    off = Experiment(off=frozenset({(0, 1)}))
    for _ in range(2):
        with pytest.raises(Refused, match="it has no recurrent layers"):
            read(lab, own_drawings[0], off)
    read(lab, own_drawings[0], Experiment(noise=0.5))  # a picture can always be changed


def test_an_operator_that_is_not_replayed_is_named(tmp_path, own_drawings):
    _, reader = opened(tmp_path, {"clip": 0.5})
    with pytest.raises(
        Refused, match="Nothing can be done to this network: the operator has a clip"
    ):
        read(Lab(reader), own_drawings[0], Experiment(off=frozenset({(0, 1)})))


def test_parts_that_disagree_with_the_whole_are_not_believed(lab, own_drawings, monkeypatch):
    parts = CutUp(lab.reader)
    run = parts._run

    def a_little_off(pixels, experiment):
        output, *rest = run(pixels, experiment)
        return output + np.eye(10, dtype=np.float32)[:1], *rest

    monkeypatch.setattr(parts, "_run", a_little_off)
    with pytest.raises(Refused, match="does not give the whole network"):
        parts.check([rasterise(own_drawings[0])])


def test_no_gradient_of_a_network_that_something_is_done_to(lab, own_drawings):
    for experiment, has_one in (
        (Experiment(covered=frozenset({9})), True),
        (Experiment(zeroed=frozenset({(0, 9)})), False),
    ):
        trace = lab.with_gradient(read(lab, own_drawings[0], experiment), "answer", experiment)
        assert isinstance(trace.gradient, GradientTrace) == has_one
        assert isinstance(trace.gradient, Refused) != has_one


def test_what_the_lab_has_found_out_holds_on_another_device(lab, own_drawings):
    off = Experiment(off=frozenset({(0, 1)}))
    before = read(lab, own_drawings[0], off)
    elsewhere = lab.of(lab.reader.on(CPU))
    np.testing.assert_array_equal(read(elsewhere, own_drawings[0], off).belief, before.belief)


def test_a_device_that_failed_says_nothing_of_the_network(own_drawings, monkeypatch):
    def failed(*_args, **_kwargs):
        raise DeviceFailed("the device is lost")

    lab = Lab(open_reader(asset("models", "lstm.onnx"), CPU))
    off = Experiment(off=frozenset({(0, 1)}))
    with monkeypatch.context() as lost:
        lost.setattr(lab.reader.runs, "run", failed)
        with pytest.raises(DeviceFailed):
            read(lab, own_drawings[0], off)
    elsewhere = lab.of(lab.reader.on(CPU))
    assert not read(elsewhere, own_drawings[0], off).layers[0].h[:, 1].any()
