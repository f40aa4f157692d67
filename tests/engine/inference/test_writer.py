"""The writer that ships, opened by the engine: what it writes, and what it finds unusual."""

import json
from dataclasses import replace

import numpy as np
import onnx
import pytest

from rnn_desk.app.client import Client, Unanswered
from rnn_desk.app.requests import Draft, MeasureSurprise, OpenWriter, Source, Write
from rnn_desk.app.written import pictures_of, trace_of
from rnn_desk.assets_door import asset, bundled_models, is_bundled, writer_model
from rnn_desk.cli import main
from rnn_desk.core import card as cards
from rnn_desk.core import writing
from rnn_desk.core.card import CARD_KEY
from rnn_desk.core.drawing import Drawing, Stroke
from rnn_desk.core.errors import Refused
from rnn_desk.core.picture import Picture
from rnn_desk.core.raster import Frame
from rnn_desk.core.references import reference_digits
from rnn_desk.core.ruled import rows_begun
from rnn_desk.core.writing import Wish
from rnn_desk.engine.inference.from_file import Writes, open_reader
from rnn_desk.engine.inference.writer import open_writer
from rnn_desk.engine.runtime.devices import CPU
from rnn_desk.protocol.answers import Cause
from rnn_desk.protocol.model import ModelRef

NOTHING = np.zeros((0, 28), np.float32)
FRAME = 28, 20 / 28


@pytest.fixture(scope="module")
def writer():
    return open_writer(writer_model())


@pytest.fixture(scope="module")
def client():
    with Client() as client:
        yield client


def pixels(rows):
    return np.stack([row.pixels for row in rows], 1)


def test_it_keeps_to_its_size_and_says_what_it_is(writer):
    assert writer_model().stat().st_size <= 2_500_000
    assert writer.facts.parameters <= 600_000
    assert writer.card.kind == "writer"
    assert writer.card.figures["nats"] <= 86
    assert is_bundled(writer_model())
    assert writer_model() not in bundled_models()


def test_a_seed_writes_the_same_again(writer):
    wish = Wish(NOTHING, 3, seed=5, count=4)
    first, second = pixels(writer.write(wish)), pixels(writer.write(wish))
    assert (first == second).all()
    assert first.any((1, 2)).all()


@pytest.mark.parametrize("rows", [0, 3, 9, 16])
@pytest.mark.parametrize("changed", [None, 5])
def test_what_was_written_before_is_gone_on_from(monkeypatch, rows, changed):
    """While a pen moves: the same rows come as from a writer that was asked for nothing before."""
    writer, given = open_writer(writer_model()), np.eye(28, dtype=np.float32) * 0.6
    first = Wish(given[:9], 3, 0.8, seed=5, count=4)
    list(writer.write(first))
    other = given[:rows].copy()
    if changed is not None:
        other[changed : changed + 1] = 1
    steps, step = [], writer._step
    monkeypatch.setattr(writer, "_step", lambda fed: steps.append(fed) or step(fed))
    found = list(writer.write(replace(first, given=other)))
    same = min(rows, 9) if changed is None else min(rows, changed, 9)
    assert len(steps) == 28 - same
    anew = list(open_writer(writer_model()).write(replace(first, given=other)))
    for one, another in zip(found, anew, strict=True):
        assert one.row == another.row
        for part in ("pixels", "chances", "h", "c"):
            assert (getattr(one, part) == getattr(another, part)).all()


def test_what_was_asked_otherwise_is_written_anew(monkeypatch, writer):
    wish = Wish(np.eye(28, dtype=np.float32)[:9], 3, 0.8, seed=5, count=4)
    for other in ({"label": 2}, {"label": None}, {"temperature": 0.7}, {"seed": 6}, {"count": 5}):
        list(writer.write(wish))
        steps, step = [], writer._step
        monkeypatch.setattr(writer, "_step", lambda fed, s=steps, f=step: s.append(fed) or f(fed))
        list(writer.write(replace(wish, **other)))
        assert len(steps) == 28
        monkeypatch.undo()


def test_alone_and_with_others_it_says_the_same(writer):
    """As far as sums in another order allow, which pixels of 0 and 1 do not show."""
    alone = list(writer.write(Wish(NOTHING, 3, seed=5, count=1)))
    beside = list(writer.write(Wish(NOTHING, 3, seed=5, count=9)))
    for one, of_many in zip(alone, beside, strict=True):
        assert np.allclose(one.chances[0], of_many.chances[0], atol=1e-5)
        assert np.allclose(one.h[0], of_many.h[0], atol=1e-5)


def test_its_states_follow_from_its_weights(writer):
    """The recurrence in NumPy, from W, R and B of the file's own operator."""
    graph = onnx.load(str(writer_model())).graph
    (node,) = [node for node in graph.node if node.op_type == "LSTM"]
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights, recurrent, bias = (stored[name][0] for name in node.input[1:4])
    told = writing.one_hot(8, 2, 10)
    above, h, c = np.zeros((2, 28)), np.zeros((2, 256)), np.zeros((2, 256))

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    for row in writer.write(Wish(NOTHING, 8, count=2)):
        signal = np.concatenate([above, told], 1) @ weights.T + h @ recurrent.T
        i, o, f, g = np.split(signal + bias[:1024] + bias[1024:], 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        assert np.allclose(row.h, h, atol=1e-5)
        assert np.allclose(row.c, c, rtol=1e-5, atol=1e-5)
        above = row.pixels


def test_a_usual_digit_surprises_less_than_the_same_on_its_head(writer):
    digits = reference_digits()
    picture = digits.pictures(Frame(), digits.few)[0]
    upright, turned = writer.surprise(picture, None), writer.surprise(picture[::-1], None)
    assert upright.shape == (28, 28)
    assert (upright >= 0).all()
    assert upright.sum() < turned.sum()
    assert (writer.surprise(picture, None) == upright).all()


def test_a_writer_is_no_reader(writer, tmp_path):
    with pytest.raises(Writes, match="it writes digits and reads none: open a model that reads"):
        open_reader(writer_model(), CPU)
    with pytest.raises(Refused, match="it reads digits and writes none"):
        open_writer(asset("models", "lstm.onnx"))
    del writer, tmp_path


@pytest.mark.parametrize("name", ["h", "draws", "chances"])
def test_a_card_alone_makes_no_writer(tmp_path, name):
    model = onnx.load(str(writer_model()))
    for port in (*model.graph.input, *model.graph.output):
        if port.name == name:
            port.name = "other"
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = ["other" if n == name else n for n in names]
    onnx.save(model, str(tmp_path / "other.onnx"))
    with pytest.raises(Refused, match="a writer takes above, class, h, c, draws, temperature"):
        open_writer(tmp_path / "other.onnx")


@pytest.mark.parametrize("units", [255, 4097])
def test_a_card_that_says_other_units_is_refused(tmp_path, units):
    model = onnx.load(str(writer_model()))
    (entry,) = [entry for entry in model.metadata_props if entry.key == CARD_KEY]
    entry.value = entry.value.replace('"units": 256', f'"units": {units}', 1)
    assert cards.from_json(entry.value).recurrent_layers[0].units == units
    onnx.save(model, str(tmp_path / "other.onnx"))
    with pytest.raises(Refused, match="cannot be used"):
        open_writer(tmp_path / "other.onnx")


# Through the engine process.


@pytest.mark.parametrize("own", [True, False])
def test_rows_stream_out_of_the_process(client, writer, tmp_path, own):
    path = writer_model()
    if not own:
        (tmp_path / "mine.onnx").write_bytes(path.read_bytes())
        path = tmp_path / "mine.onnx"
    opened = client.call(OpenWriter(ModelRef(str(path))))
    assert opened.card == writer.card
    wish = Wish(np.eye(28, dtype=np.float32)[:10], 2, 0.8, seed=7, count=3)
    rows = []
    draft = Draft(begun(np.eye(28)), 9, 2, 0.8, seed=7, count=3)
    end = client.call(Write(opened.ref, opened.shape, draft), part=rows.extend)
    assert end is None
    assert [row.row for row in rows] == list(range(28))
    assert (pixels(rows) == pixels(writer.write(wish))).all()
    assert (pixels(rows)[:, :10] == np.eye(28)[:10]).all()


def test_its_gates_follow_from_what_it_tells_of_itself(client):
    opened = client.call(OpenWriter(ModelRef(str(writer_model()))))
    draft = Draft(begun(np.eye(28)), 9, 2, 0.5, seed=7, count=3)
    rows = []
    client.call(request := Write(opened.ref, opened.shape, draft), part=rows.extend)
    pictures = pictures_of(request.wish, rows)
    assert pictures.begun == 10
    (layer,) = trace_of(opened, pictures, 1, None).layers
    assert layer.why_no_gates is None  # replayed, and checked against the states
    assert set(layer.gates) == {"i", "f", "g", "o"}
    assert np.allclose(layer.c, pictures.c[1], atol=1e-4)


def test_a_drawing_that_is_begun_is_given_down_to_the_round_end_of_the_pen():
    stroke = Stroke(np.array([[200.0, 100.0], [300.0, 240.0]]))
    source = Source(Drawing((stroke,)), FRAME, ruled=True)
    given = Draft(source).wish(28).given
    assert len(given) == rows_begun(source.rastered[0].pixels) - 1 == 14
    assert len(Draft(source, row=3).wish(28).given) == 4
    assert len(Draft(source, row=20).wish(28).given) == 14
    assert len(Draft().wish(28).given) == 0
    whole = Source(
        Drawing((Stroke(np.array([[200.0, 100.0], [300.0, 440.0]])),)), FRAME, ruled=True
    )
    assert len(Draft(whole).wish(28).given) == rows_begun(whole.rastered[0].pixels)
    assert len(Draft(whole, row=27).wish(28).given) == 28


def begun(pixels):
    """Of a picture that is as a network gets it."""
    return Source(Picture((pixels * 255).astype(np.uint8), as_it_is=True), FRAME)


def test_surprise_through_the_process(client, writer):
    pictures = np.random.default_rng(0).random((2, 28, 28), np.float32)
    opened = client.call(OpenWriter(ModelRef(str(writer_model()))))
    told = client.call(MeasureSurprise(opened.ref, pictures, 4))
    whole = writer.surprise(pictures[1], 4)
    assert (told[1] == whole).all()
    begun = client.call(MeasureSurprise(opened.ref, pictures, 4, rows=9))[1]
    assert (begun[:9] == whole[:9]).all()
    assert not begun[9:].any()


def test_what_cannot_be_written_is_a_sentence(client):
    opened = client.call(OpenWriter(ModelRef(str(writer_model()))))
    with pytest.raises(Unanswered, match="it writes no class 10"):
        client.call(Write(opened.ref, opened.shape, Draft(label=10)))
    with pytest.raises(Unanswered) as refusal:
        client.open(writer_model())
    assert refusal.value.cause is Cause.WRITES


def test_inspect_says_truly_what_it_is(capsys):
    assert main(["inspect", str(writer_model())]) == 0
    printed = capsys.readouterr().out
    assert "writes digits row by row, and reads none" in printed
    assert "LSTM, 256 units" in printed
    assert "of a test picture, class not given" in printed


def test_a_writer_classifies_nothing(capsys, tmp_path):
    (tmp_path / "d.jsonl").write_text('{"label": 1, "strokes": [[[1, 1], [1, 9]]]}\n')
    words = ["classify", str(tmp_path / "d.jsonl"), "--model", str(writer_model())]
    assert main(words) == 1
    assert "it writes digits and reads none" in capsys.readouterr().err


def test_classify_tells_how_unusual_each_digit_is(capsys, tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text(
        '{"label": 1, "strokes": [[[50, 10], [50, 90]]]}\n'
        '{"label": 1, "strokes": [[[10, 50], [90, 50]], [[10, 70], [90, 70]], [[9, 9], [90, 9]]]}\n'
        '{"strokes": []}\n'
    )
    main(["classify", str(path), "--json", "--nats"])
    one, bars, *_ = map(json.loads, capsys.readouterr().out.splitlines())
    assert 0 < one["nats"] < bars["nats"]
    with pytest.raises(SystemExit) as ended:
        main(["classify", str(path), "--nats"])
    assert ended.value.code == 2
    assert "name --json too" in capsys.readouterr().err
