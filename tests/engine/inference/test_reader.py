"""A model from file to Trace, against the ONNX reference and against cells worked step by step."""

import numpy as np
import onnx
import psutil
import pytest
from onnx.reference import ReferenceEvaluator

from rnn_desk.assets_door import asset
from rnn_desk.core import replayed
from rnn_desk.core.card import ModelCard
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster, rasterise
from rnn_desk.engine.inference import pieces
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.engine.states import layers as layers_module
from tests.helpers import models, steps

CLOSE = 1e-5
"""Largest difference between float32 sums in one order and in another, at these sizes."""

OPS = ["LSTM", "GRU", "RNN"]
DIRECTIONS = ["forward", "reverse", "bidirectional"]


@pytest.fixture(scope="module")
def rasters(own_drawings):
    return [rasterise(drawing) for drawing in own_drawings[::60]]


def opened(folder, model, card=None):
    return open_reader(models.saved(folder, model, card), CPU)


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def reference(model, pixels, *more):
    """The model's own outputs, by ONNX's reference, and more tensors of it by name."""
    wider = onnx.ModelProto()
    wider.CopyFrom(model)
    for name in more:
        wider.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    return ReferenceEvaluator(wider).run(None, {"picture": pixels})


def witnesses(model, op, pixels, direction, **ways):
    """Each layer's directions worked step by step: [(direction, states and gates)]."""
    x, found = pixels.astype(float), []
    for w, r, b, h0, c0 in models.weights_of(model, op):
        outputs = []
        for k in range(len(w)):
            backwards = direction == "reverse" or k == 1
            order = slice(None, None, -1) if backwards else slice(None)
            made = steps.run(
                op,
                x[order],
                w[k],
                r[k],
                None if b is None else b[k],
                None if h0 is None else h0[k, 0],
                None if c0 is None else c0[k, 0],
                **ways,
            )
            made = {name: values[order] for name, values in made.items()}
            found.append(("reverse" if backwards else "forward", made))
            outputs.append(made["h"])
        x = np.concatenate(outputs, axis=1)
    return found


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize(
    "shape",
    [
        pytest.param({}, id="plain"),
        pytest.param({"layers": 2, "states": True, "batch": 1}, id="two layers, states given"),
        pytest.param({"biased": False}, id="no bias"),
    ],
)
def test_every_state_and_gate_is_the_one_worked_step_by_step(
    tmp_path, rasters, op, direction, shape
):
    model = models.recurrent(op, direction=direction, **shape)
    reader = opened(tmp_path, model, models.card(batch=shape.get("batch", "free")))
    for raster in rasters:
        trace = reader.read(raster)
        expected = witnesses(model, op, raster.pixels, direction)
        assert [layer.direction for layer in trace.layers] == [d for d, _ in expected]
        for layer, (_, made) in zip(trace.layers, expected, strict=True):
            assert layer.why_no_gates is None
            assert set(layer.quantities) == set(made)
            for name, values in layer.quantities.items():
                assert values.shape == made[name].shape
                assert np.abs(values - made[name]).max() <= CLOSE, name


@pytest.mark.parametrize("reset_last", [False, True])
def test_a_gru_resets_before_or_after_its_product(tmp_path, rasters, reset_last):
    model = models.recurrent("GRU", linear_before_reset=int(reset_last))
    trace = opened(tmp_path, model).read(rasters[0])
    [(_, made)] = witnesses(model, "GRU", rasters[0].pixels, "forward", reset_last=reset_last)
    [(_, other)] = witnesses(model, "GRU", rasters[0].pixels, "forward", reset_last=not reset_last)
    assert np.abs(trace.layers[0].gates["n"] - made["n"]).max() <= CLOSE
    assert np.abs(made["n"] - other["n"]).max() > 100 * CLOSE  # else this would show nothing


@pytest.mark.parametrize("op", OPS)
def test_states_and_answer_are_the_onnx_references(tmp_path, rasters, op):
    model = models.recurrent(op, layers=2)
    reader = opened(tmp_path, model)
    names = [node.output[0] for node in model.graph.node if node.op_type == op]
    for raster in rasters:
        trace = reader.read(raster)
        logits, *states = reference(model, raster.pixels[None], *names)
        assert np.abs(trace.probabilities - softmax(logits)[0]).max() <= CLOSE
        for layer, y in zip(trace.layers, states, strict=True):
            assert np.abs(layer.h - y[:, 0, 0]).max() <= CLOSE


def test_one_unit_by_hand(tmp_path):
    """i = f = o = 1/2 and g = 1 at every row, whatever the picture: then c_t = 1 - 2^-t."""
    model = models.recurrent(units=1)
    zero, gates = {"c0": (1, 4, 28), "c1": (1, 4, 1)}, np.zeros((1, 8), np.float32)
    gates[0, 3] = 30.0  # the bias of g, the last of i, o, f, g: tanh(30) is 1
    for tensor in model.graph.initializer:
        if tensor.name in zero:
            values = np.zeros(zero[tensor.name], np.float32)
        elif tensor.name == "c2":
            values = gates
        else:
            continue
        tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    layer = opened(tmp_path, model).read(Raster(np.eye(28, dtype=np.float32))).layers[0]
    c = 1 - 0.5 ** np.arange(1, 29)
    assert np.abs(layer.c[:, 0] - c).max() <= CLOSE
    assert np.abs(layer.h[:, 0] - 0.5 * np.tanh(c)).max() <= CLOSE
    assert all(np.allclose(layer.gates[name], 0.5) for name in "ifo")
    assert np.allclose(layer.gates["g"], 1)


# --- belief ---


@pytest.mark.parametrize("op", OPS)
def test_belief_is_the_head_applied_to_each_rows_state(tmp_path, rasters, op):
    model = models.recurrent(op, layers=2)
    reader = opened(tmp_path, model)
    assert reader.belief_kind == "head"
    weights = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    gemm = next(node for node in model.graph.node if node.op_type == "Gemm")
    for raster in rasters:
        trace = reader.read(raster)
        logits = trace.layers[-1].h @ weights[gemm.input[1]] + weights[gemm.input[2]]
        assert np.abs(trace.belief - softmax(logits)).max() <= CLOSE
        assert np.abs(trace.belief[-1] - trace.probabilities).max() <= CLOSE


@pytest.mark.parametrize(
    ("model", "card"),
    [
        pytest.param(models.recurrent(direction="bidirectional"), None, id="bidirectional"),
        pytest.param(models.recurrent(direction="reverse", head="first"), None, id="reverse"),
        pytest.param(models.recurrent(head="mean"), None, id="mean of the states"),
        pytest.param(
            models.convolution(), models.card(layout="NCHW", reading="whole"), id="convolution"
        ),
    ],
)
def test_belief_is_the_answer_to_the_covered_picture(tmp_path, rasters, model, card):
    reader = opened(tmp_path, model, card)
    assert reader.belief_kind == "covered"
    raster = rasters[1]
    trace = reader.read(raster)
    for row in (0, 9, 27):
        covered = raster.pixels.copy()
        covered[row + 1 :] = 0
        assert np.abs(trace.belief[row] - reader.classify(covered[None])[0]).max() <= CLOSE
    assert np.abs(trace.belief[-1] - trace.probabilities).max() <= CLOSE
    assert np.ptp(trace.belief, axis=0).max() > 1e-3  # the rows do matter


def test_a_model_with_no_recurrent_layer_has_no_layers(tmp_path, rasters):
    card = models.card(layout="NCHW", reading="whole")
    trace = opened(tmp_path, models.convolution(), card).read(rasters[0])
    assert trace.layers == ()
    assert trace.rows == 28


# --- batches ---


@pytest.mark.parametrize("batch", ["n", 1, 4])
def test_many_pictures_are_read_as_one_by_one(tmp_path, own_drawings, monkeypatch, batch):
    monkeypatch.setattr(pieces, "BATCH", 3)
    card = models.card(batch="free" if batch == "n" else batch)
    reader = opened(tmp_path, models.recurrent(batch=batch), card)
    rasters = [rasterise(drawing) for drawing in own_drawings[:11]]
    together = reader.classify(np.array([raster.pixels for raster in rasters]))
    assert together.shape == (11, 10)
    alone = np.array([reader.read(raster).probabilities for raster in rasters])
    assert np.abs(together - alone).max() <= CLOSE


@pytest.mark.parametrize("batch", [1, 4])
def test_a_fixed_batch_shows_the_same_states(tmp_path, rasters, batch):
    model = models.recurrent(batch=batch)
    reader = opened(tmp_path, model, models.card(batch=batch))
    trace = reader.read(rasters[0])
    [(_, made)] = witnesses(model, "LSTM", rasters[0].pixels, "forward")
    for name, values in trace.layers[0].quantities.items():
        assert np.abs(values - made[name]).max() <= CLOSE, name
    assert np.abs(trace.belief[-1] - trace.probabilities).max() <= CLOSE
    assert reader.top_states(rasters[0].pixels[None]).shape == (1, 28, 6)


def test_no_pictures_have_no_answers(tmp_path):
    reader = opened(tmp_path, models.recurrent())
    assert reader.classify(np.zeros((0, 28, 28), np.float32)).shape == (0, 10)


# --- what is shown, and what is not ---


@pytest.mark.parametrize(
    ("attributes", "word"),
    [
        ({"clip": 0.4}, "clip"),
        ({"activations": ["Sigmoid", "Relu", "Tanh"]}, "Relu"),
        ({"input_forget": 1}, "coupled"),
    ],
)
def test_an_unusual_cell_shows_its_gates_and_says_how_it_is(tmp_path, rasters, attributes, word):
    trace = opened(tmp_path, models.recurrent(**attributes)).read(rasters[0])
    [layer] = trace.layers
    assert layer.h.shape == layer.c.shape == (28, 6)
    assert list(layer.gates) == ["f", "i", "g", "o"]
    assert layer.why_no_gates is None
    assert word in str(layer.nonstandard)


def test_gates_that_do_not_give_the_states_are_not_shown(tmp_path, rasters, monkeypatch):
    reader = opened(tmp_path, models.recurrent())
    for module in (layers_module, replayed):
        monkeypatch.setattr(module, "tolerance", lambda _: -1.0)
    [layer] = reader.read(rasters[0]).layers
    assert dict(layer.gates) == {}
    assert "do not give the states" in str(layer.why_no_gates)


def test_a_model_whose_weights_are_no_numbers_is_refused(tmp_path):
    model = models.recurrent("GRU")
    for tensor in model.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT:
            values = np.full(tensor.dims, np.inf, np.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    assert "is not a number" in refusal(models.saved(tmp_path, model))


def test_a_trace_names_its_model_and_device(tmp_path, rasters):
    model = models.recurrent()
    path = models.saved(tmp_path, model, models.card(name="mine"))
    trace = open_reader(path, CPU).read(rasters[0], raster_ms=7.0)
    assert (trace.model.name, trace.model.file) == ("mine", "model.onnx")
    assert len(trace.model.sha256) == 64
    assert trace.device == CPU.label
    assert trace.timings.raster == 7.0
    assert trace.timings.run > 0


def test_a_drawing_is_read_as_its_raster(tmp_path, own_drawings):
    reader = opened(tmp_path, models.recurrent())
    trace = reader.read_drawing(own_drawings[3])
    assert np.array_equal(trace.raster.pixels, rasterise(own_drawings[3]).pixels)
    assert trace.timings.raster > 0


# --- files that are refused ---


def refusal(path):
    """The sentence with which a file is refused; it holds nothing of the program's inside."""
    with pytest.raises(Refused) as caught:
        open_reader(path, CPU)
    sentence = str(caught.value)
    assert path.name in sentence
    rest = sentence.replace(str(path), "")
    for inside in (".cc", ".h:", "/onnxruntime", "Traceback", "/core/", "\n", "0x"):
        assert inside not in rest, sentence
    assert 8 < len(sentence) - len(str(path)) < 400, sentence
    return sentence


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The bytes of a model that opens."""
    path = models.saved(tmp_path_factory.mktemp("good"), models.recurrent(layers=2))
    open_reader(path, CPU)
    return path.read_bytes()


@pytest.mark.parametrize("percent", range(0, 100, 5))
def test_a_file_cut_short_is_refused(tmp_path, good, percent):
    path = tmp_path / "cut.onnx"
    path.write_bytes(good[: len(good) * percent // 100])
    refusal(path)


def test_a_file_of_noise_is_refused(tmp_path):
    path = tmp_path / "noise.onnx"
    for seed in range(20):
        path.write_bytes(np.random.default_rng(seed).bytes(5000))
        refusal(path)


def test_flipped_bytes_refuse_or_read(tmp_path, good):
    """Whatever a damaged byte does, it is a refusal or a reading: no other exception."""
    random = np.random.default_rng(0)
    path = tmp_path / "flipped.onnx"
    outcomes = set()
    for _ in range(150):
        data = bytearray(good)
        # The weights are most of the file and change nothing: aim at the structure.
        data[int(random.integers(0, 600)) * int(random.choice([1, -1]))] = random.integers(256)
        path.write_bytes(data)
        try:
            open_reader(path, CPU)
        except Refused:
            outcomes.add("refused")
        else:
            outcomes.add("read")
    assert outcomes == {"refused", "read"}


def test_a_folder_and_an_absent_file_are_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path)
    assert "does not exist" in refusal(tmp_path / "absent.onnx")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"schema": 1}',
        '{"schema": 99}',
        models.to_json(models.card()).replace("float32", "banana"),
        models.to_json(models.card()).replace("float32", "object"),
        models.to_json(models.card()).replace("float32", "S5"),
    ],
)
def test_a_bad_card_is_refused(tmp_path, text):
    assert "card" in refusal(models.saved(tmp_path, models.recurrent(), text))


@pytest.mark.parametrize(
    "card",
    [
        models.card(side=20),
        models.card(layout="NCHW"),
        models.card(layout="NF"),
        models.card(dtype="uint8"),
        models.card(dtype="float64"),
        models.card(classes=("a", "b")),
    ],
    ids=["side", "channels", "flat", "bytes", "doubles", "classes"],
)
def test_a_card_that_does_not_fit_its_model_is_refused(tmp_path, card):
    refusal(models.saved(tmp_path, models.recurrent(), card))


@pytest.mark.parametrize(("batch", "told"), [(1, "free"), (1, 3), (4, 3), (4, 1)])
def test_a_card_that_knows_another_batch_is_refused(tmp_path, batch, told):
    refusal(models.saved(tmp_path, models.recurrent(batch=batch), models.card(batch=told)))


def test_weights_in_a_file_beside_it_are_read(tmp_path):
    model = models.carrying(models.recurrent(units=40), models.card())
    picture = Raster(np.eye(28, dtype=np.float32))
    whole, split = tmp_path / "whole.onnx", tmp_path / "split.onnx"
    onnx.save(model, whole)
    onnx.save(model, split, save_as_external_data=True, location="weights", size_threshold=0)
    ours, theirs = (open_reader(path, CPU).read(picture) for path in (split, whole))
    assert np.array_equal(ours.probabilities, theirs.probabilities)


def test_an_unknown_operator_is_refused(tmp_path):
    model = models.recurrent()
    next(node for node in model.graph.node if node.op_type == "Gemm").op_type = "Banana"
    assert "Banana" in refusal(models.saved(tmp_path, model))


def test_an_operator_of_a_strange_domain_is_refused(tmp_path):
    model = models.recurrent()
    model.graph.node[-1].domain = "org.example"
    refusal(models.saved(tmp_path, model))


def test_a_function_that_calls_itself_is_refused(tmp_path):
    model = models.recurrent()
    opset = onnx.helper.make_opsetid
    call = onnx.helper.make_node("F", ["x"], ["y"], domain="own")
    model.functions.append(
        onnx.helper.make_function("own", "F", ["x"], ["y"], [call], [opset("own", 1)])
    )
    model.opset_import.append(opset("own", 1))
    model.graph.node[0].input[0] = "again"
    model.graph.node.insert(0, onnx.helper.make_node("F", ["picture"], ["again"], domain="own"))
    assert "calls itself" in refusal(models.saved(tmp_path, model))


LINES = "\u202eevil\n<b>\0" * 100


def test_words_of_the_file_are_shown_on_one_line(tmp_path):
    model = models.recurrent()
    model.producer_name = LINES
    card = models.card(name=LINES, classes=tuple(f"{k}\n{LINES}" for k in range(10)))
    reader = open_reader(models.saved(tmp_path, model, card), CPU)
    for text in (reader.card.name, *reader.card.classes, reader.origin.facts.exporter):
        assert text.isprintable()
        assert len(text) <= 100
    model.graph.node[-1].domain = LINES
    assert refusal(models.saved(tmp_path, model)).isprintable()


def test_no_output_is_refused(tmp_path):
    model = models.recurrent()
    del model.graph.output[:]
    assert "no output" in refusal(models.saved(tmp_path, model))


def test_an_operator_without_its_size_is_refused_or_read(tmp_path):
    model = models.recurrent()
    lstm = next(node for node in model.graph.node if node.op_type == "LSTM")
    del lstm.attribute[:]
    refusal(models.saved(tmp_path, model))


def test_a_model_that_fails_while_reading_says_so(tmp_path):
    """Pictures of another side than it was opened with: the runtime refuses the shape."""
    reader = opened(tmp_path, models.recurrent())
    with pytest.raises(Refused, match=r"model\.onnx failed while reading"):
        reader.classify(np.zeros((1, 18, 18), np.float32))


def test_a_card_of_a_model_is_kept(tmp_path):
    card = models.card(name="mine", licence="MIT", accuracies={"mnist": 0.9})
    reader = opened(tmp_path, models.recurrent(), card)
    assert isinstance(reader.card, ModelCard)
    assert reader.card == card


def test_what_many_pictures_took_is_given_back():
    """As many as the state map has, pixel by pixel, take 600 MB while they are read."""
    reader = open_reader(asset("models", "hierarchical.onnx"), CPU)
    dice = np.random.default_rng(0)
    pictures = dice.random((256, reader.card.side, reader.card.side), np.float32)
    before = psutil.Process().memory_info().rss
    reader.top_states(pictures)
    reader.classify(pictures)
    assert psutil.Process().memory_info().rss - before < 150e6
