"""The gradient of a whole model against torch's autograd, and against the model itself."""

import io
import warnings

import numpy as np
import onnx
import pytest

from rnn_desk.assets_door import asset
from rnn_desk.core import gradients
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster, rasterise
from rnn_desk.core.trace import GradientTrace
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.runtime.sessions import DeviceFailed
from tests.helpers import models
from tests.helpers.model_files import open_as_told

torch = pytest.importorskip("torch")

CLOSE = 1e-4
"""Of the largest number: float32 through 28 rows, there and back."""

KINDS = ["LSTM", "GRU", "RNN"]


class Stack(torch.nn.Module):
    """torch's own recurrent layers over the rows, and a head; it normalises inside."""

    def __init__(self, kind, layers=1, bidirectional=False, head="linear"):
        super().__init__()
        torch.manual_seed(3)
        self.kind = kind
        self.ways = 2 if bidirectional else 1
        self.recurrent = getattr(torch.nn, kind)(28, 12, layers, bidirectional=bidirectional)
        for weight in self.recurrent.parameters():
            torch.nn.init.normal_(weight, std=0.35)
        linear = torch.nn.Linear(12 * self.ways, 10)
        self.head = {
            "linear": linear,
            "deep": torch.nn.Sequential(torch.nn.Linear(12 * self.ways, 12 * self.ways),
                                        torch.nn.Tanh(), linear),
        }[head]  # fmt: skip

    def forward(self, image):
        return self.head(self.recurrent(self.signal(image))[0][-1])

    def signal(self, image):
        return ((image - 0.13) / 0.31).transpose(0, 1)

    def cell(self, layer, suffix):
        """One step of torch's own cell, with the stack's weights."""
        parts = [getattr(self.recurrent, f"{name}_l{layer}{suffix}")
                 for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]  # fmt: skip
        cell = getattr(torch.nn, f"{self.kind}Cell")(parts[0].shape[1], 12)
        for name, part in zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), parts, strict=True):
            setattr(cell, name, part)
        return cell

    def by_autograd(self, pixels, target):
        """d(log p)/d(h) of every way of every layer, and d(log p)/d(pixel)."""
        image = torch.tensor(np.array(pixels))[None].requires_grad_()
        below, kept = list(self.signal(image)), []
        for layer in range(self.recurrent.num_layers):
            outputs = []
            for suffix in ("", "_reverse")[: self.ways]:
                cell, state, states = self.cell(layer, suffix), None, {}
                rows = range(28) if suffix == "" else range(27, -1, -1)
                for row in rows:
                    state = cell(below[row], state)
                    h = state[0] if self.kind == "LSTM" else state
                    h.retain_grad()
                    states[row] = h
                outputs.append([states[row] for row in range(28)])
            kept += outputs
            below = [torch.cat(parts, dim=1) for parts in zip(*outputs, strict=True)]
        logits = self.head(below[-1])
        assert torch.allclose(logits, self(image), atol=1e-5)  # these cells are that network
        torch.log_softmax(logits, dim=1)[0, target].backward()
        grads = [
            np.concatenate(
                [np.zeros((1, 12)) if h.grad is None else h.grad.numpy() for h in states]
            )
            for states in kept
        ]
        return grads, image.grad[0].numpy()


def exported(folder, module, name="exported.onnx"):
    """torch's ONNX file of the module; the exporter that takes milliseconds."""
    data = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own, about its age and the batch
        torch.onnx.export(
            module,
            (torch.zeros(2, 28, 28),),
            data,
            dynamo=False,
            input_names=["picture"],
            output_names=["logits"],
            dynamic_axes={"picture": {0: "n"}, "logits": {0: "n"}},
        )
    model = onnx.load_model_from_string(data.getvalue())
    return open_reader(models.saved(folder, model, name=name), CPU)


@pytest.fixture(scope="module")
def eight(own_drawings):
    return rasterise(next(drawing for drawing in own_drawings if drawing.label == 8))


def gradient_of(reader, raster, target="answer"):
    gradient = reader.with_gradient(reader.read(raster), target).gradient
    assert not isinstance(gradient, Refused), str(gradient)
    return gradient


def assert_close(found, expected, close=CLOSE):
    assert np.abs(found - expected).max() <= close * np.abs(expected).max()


@pytest.mark.parametrize("bidirectional", [False, True], ids=["one way", "both ways"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_is_torchs(tmp_path, eight, kind, layers, bidirectional):
    module = Stack(kind, layers, bidirectional)
    reader = exported(tmp_path, module)
    for target in (0, 7):
        found = gradient_of(reader, eight, target)
        states, pixels = module.by_autograd(eight.pixels, target)
        assert found.target == target
        assert len(found.layers) == len(states)
        for ours, theirs in zip(found.layers, states, strict=True):
            assert_close(ours, theirs)
        assert_close(found.saliency, pixels)


def test_a_head_of_two_layers_is_followed_by_differences(tmp_path, eight):
    module = Stack("LSTM", head="deep")
    found = gradient_of(exported(tmp_path, module), eight, 4)
    states, pixels = module.by_autograd(eight.pixels, 4)
    assert_close(found.layers[0], states[0], 1e-3)
    assert_close(found.saliency, pixels, 1e-3)


def difference_quotient(reader, pixels, target, row, column):
    """By the real session: log p with one pixel lighter and darker."""
    ends = []
    for step in (0.02, -0.02):
        moved = pixels.copy()
        moved[row, column] += step
        ends.append(np.log(reader.classify(moved[None])[0, target].astype(float)))
    return (ends[0] - ends[1]) / 0.04


@pytest.mark.parametrize(
    "ways",
    [
        {"op": "LSTM", "head": "mean"},
        {"op": "GRU", "direction": "bidirectional", "layers": 2, "states": True},
        {"op": "GRU", "linear_before_reset": 1},
        {"op": "RNN", "direction": "reverse", "head": "first"},
    ],
    ids=str,
)
@pytest.mark.parametrize("fed", ["as it is", "columns, inverted, -1..1", "one by one"])
def test_saliency_is_how_the_real_answer_changes_with_a_pixel(tmp_path, eight, ways, fed):
    batch = 1 if ways.get("states") or fed == "one by one" else "n"
    fields = {"batch": batch} if batch == 1 else {}
    if "columns" in fed:
        fields |= {"reading": "columns", "polarity": "black_on_white", "value_range": "-1..1"}
    model = models.recurrent(**ways, batch=batch)
    reader = open_reader(models.saved(tmp_path, model, models.card(**fields)), CPU)
    target = 3
    found = gradient_of(reader, eight, target).saliency
    largest = float(np.abs(found).max())
    random = np.random.default_rng(0)
    strongest = np.unravel_index(np.abs(found).argmax(), found.shape)
    for row, column in [strongest, *random.integers(0, 28, (12, 2))]:
        quotient = difference_quotient(reader, eight.pixels, target, row, column)
        assert found[row, column] == pytest.approx(quotient, abs=5e-3 * largest)


def test_the_bundled_model_has_a_gradient_of_its_answer(eight):
    reader = open_reader(asset("models", "lstm.onnx"), CPU)
    trace = reader.with_gradient(reader.read(eight), "answer")
    assert trace.gradient.target == trace.answer == 8
    assert trace.gradient.norms.shape == (2, 28)
    random = np.random.default_rng(1)
    step = random.normal(size=(28, 28)).astype(np.float32) * 1e-2
    ends = reader.classify(np.stack([eight.pixels + step, eight.pixels - step])).astype(float)
    other = reader.with_gradient(trace, 3).gradient  # nearly impossible, and so well told apart
    measured = np.log(ends[0, 3]) - np.log(ends[1, 3])
    assert float((other.saliency * step).sum() * 2) == pytest.approx(measured, rel=0.02)


def test_a_gradient_that_explodes_is_shown_as_well(tmp_path, eight):
    """No step in the picture is small enough for its answer to change in proportion."""
    found = gradient_of(
        open_reader(models.saved(tmp_path, models.recurrent("LSTM", units=256)), CPU), eight
    )
    assert found.norms[0, 0] > 1e3 * found.norms[0, -1]


def test_a_class_that_the_model_lacks_stands_for_the_answer(tmp_path, eight):
    reader = open_reader(models.saved(tmp_path, models.recurrent()), CPU)
    trace = reader.with_gradient(reader.read(eight), 10)
    assert trace.gradient.target == trace.answer


def refusal(folder, model, card=None):
    reader = open_reader(models.saved(folder, model, card), CPU)
    answer = reader.with_gradient(reader.read(Raster(np.zeros((28, 28), np.float32))), "answer")
    assert isinstance(answer.gradient, Refused)
    return str(answer.gradient)


def test_a_network_without_states_says_so(tmp_path):
    card = models.card(layout="NCHW", reading="whole")
    assert "no recurrent layer" in refusal(tmp_path, models.convolution(), card)


def test_a_cell_written_out_in_basic_operators_says_so(tmp_path, eight):
    g = models.Graph()
    w, r, h = g.weights(28, 6), g.weights(6, 6), g.constant(np.zeros((1, 6), np.float32))
    for row in range(28):
        x = g.node("Gather", "picture", g.constant(np.array(row)), axis=1)
        sums = g.node("Add", g.node("MatMul", x, w), g.node("MatMul", h, r))
        h = g.node("Softsign", sums)
    model = g.model(g.node("Gemm", h, g.weights(6, 10)), [1, 28, 28], batch=1)
    reader = open_reader(models.saved(tmp_path, model, models.card(batch=1)), CPU)
    answer = reader.with_gradient(reader.read(eight), "answer")
    assert answer.gradient == reader.layers[0].why_no_gates
    assert "basic operators" in str(answer.gradient)


@pytest.mark.parametrize("between", ["a squashing", "another width"])
def test_a_layer_with_something_between_it_and_the_next_is_refused(tmp_path, between):
    g = models.Graph()
    x, inputs = g.node("Transpose", "picture", perm=[1, 0, 2]), 28
    for last in (False, True):
        y = g.node("RNN", x, g.weights(1, 6, inputs), g.weights(1, 6, 6), hidden_size=6)
        x, inputs = g.node("Squeeze", y, g.constant(np.array([1]))), 6
        if not last and between == "a squashing":
            x = g.node("Sigmoid", x)
        elif not last:
            x, inputs = g.node("MatMul", x, g.weights(6, 4)), 4
    state = g.node("Gather", x, g.constant(np.array(-1)), axis=0)
    logits = g.node("Gemm", state, g.weights(6, 10))
    assert "is not the states of the layer" in refusal(tmp_path, g.model(logits, ["n", 28, 28]))


def test_a_step_back_that_is_wrong_is_found_out(tmp_path, monkeypatch):
    """The whole is compared with the model itself before anything is shown."""
    right = gradients.back

    def wrong(cell, w, row, slope, dh, dc):
        return right(cell, w, row, slope, dh * row["h"], dc)

    monkeypatch.setattr(gradients, "back", wrong)
    assert "does not agree" in refusal(tmp_path, models.recurrent("RNN"))


def test_a_way_around_the_layers_is_refused(tmp_path):
    """The head sees the last row of pixels too."""
    g = models.Graph()
    x = g.node("Transpose", "picture", perm=[1, 0, 2])
    y = g.node("RNN", x, g.weights(1, 6, 28), g.weights(1, 6, 6), hidden_size=6)
    state = g.node("Gather", g.node("Squeeze", y, g.constant(np.array([1]))),
                   g.constant(np.array(-1)), axis=0)  # fmt: skip
    seen = g.node("Gather", x, g.constant(np.array(-1)), axis=0)
    logits = g.node("Gemm", g.node("Concat", state, seen, axis=1), g.weights(34, 10))
    words = refusal(tmp_path, g.model(logits, ["n", 28, 28]))
    assert "depends on more than the states" in words


def test_a_first_state_made_of_the_picture_is_refused(tmp_path):
    """Everything looks like a plain stack, but the states begin with what the picture says."""
    g = models.Graph()
    x = g.node("Transpose", "picture", perm=[1, 0, 2])
    first = g.node("Gather", x, g.constant(np.array([20])), axis=0)
    h0 = g.node("Tanh", g.node("MatMul", first, g.weights(28, 6)))
    # R is the unit matrix, so that the first state is felt to the end.
    b = np.zeros((1, 48), np.float32)
    y = g.node("RNN", x, g.weights(1, 6, 28, scale=0.02),
               g.constant(np.eye(6, dtype=np.float32)[None]), g.constant(b[:, :12]), "", h0,
               hidden_size=6)  # fmt: skip
    state = g.node("Gather", g.node("Squeeze", y, g.constant(np.array([1]))),
                   g.constant(np.array(-1)), axis=0)  # fmt: skip
    logits = g.node("Gemm", state, g.weights(6, 10))
    model = g.model(logits, ["n", 28, 28])
    refusal(tmp_path, model)


def test_pixels_that_are_mixed_before_the_first_layer_leave_the_states_gradient(tmp_path, eight):
    g = models.Graph()
    x = g.node("MatMul", g.node("Transpose", "picture", perm=[1, 0, 2]), g.weights(28, 9))
    y = g.node("GRU", x, g.weights(1, 18, 9), g.weights(1, 18, 6), hidden_size=6)
    state = g.node("Gather", g.node("Squeeze", y, g.constant(np.array([1]))),
                   g.constant(np.array(-1)), axis=0)  # fmt: skip
    logits = g.node("Gemm", state, g.weights(6, 10))
    reader = open_reader(models.saved(tmp_path, g.model(logits, ["n", 28, 28])), CPU)
    found = gradient_of(reader, eight)
    assert found.norms.min() > 0
    assert found.saliency is None
    assert "single pixels" in str(found.why_no_saliency)


@pytest.mark.parametrize(
    "name",
    ["dynamo_lstm", "dynamo_bilstm", "dynamo_lstm_2layers", "ts_gru_softmax", "ts_bilstm",
     "ts_lstm_batch1_log", "ts_lstm_timemajor", "ts_rnn_batch1"],
)  # fmt: skip
def test_models_of_real_exporters_have_one_that_their_answers_follow(name, eight):
    """Whether the head takes Y or Y_h, and whatever it takes the size of its batch from."""
    reader = open_as_told(f"{name}.onnx")
    found = gradient_of(reader, eight, 3)
    assert isinstance(found, GradientTrace), found
    row, column = np.unravel_index(np.abs(found.saliency).argmax(), found.saliency.shape)
    expected = difference_quotient(reader, eight.pixels, found.target, row, column)
    assert found.saliency[row, column] == pytest.approx(expected, rel=0.05, abs=1e-3)


def test_where_a_step_is_a_pixel_there_is_none(eight):
    reader = open_as_told("ts_rnn_pixels.onnx")
    assert "a step is a pixel" in str(reader.with_gradient(reader.read(eight), 3).gradient)


def test_a_device_that_failed_says_nothing_of_the_gradient_elsewhere(own_drawings, monkeypatch):
    reader = open_reader(asset("models", "lstm.onnx"), CPU)
    trace = reader.read_drawing(own_drawings[0])
    with monkeypatch.context() as lost:
        lost.setattr(reader.runs, "run", failed)
        with pytest.raises(DeviceFailed):
            reader.with_gradient(trace, "answer")
    elsewhere = reader.on(CPU)
    assert isinstance(elsewhere.with_gradient(trace, "answer").gradient, GradientTrace)
    with monkeypatch.context() as lost:  # once its way back is known, too
        lost.setattr(elsewhere.runs, "run", failed)
        with pytest.raises(DeviceFailed):
            elsewhere.with_gradient(trace, "answer")


def failed(*_args, **_kwargs):
    raise DeviceFailed("the device is lost")
