"""Two thousand damaged models: none hangs, none brings anything down, none is accepted that cannot
run. Made by a seeded generator, so that a file that misbehaves can be made again."""

import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnx
import pytest

from rnn_desk.app.engine_process import EngineProcess
from rnn_desk.app.limits import Limits
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster
from rnn_desk.protocol.answers import Done, Failed
from rnn_desk.protocol.checks import model_of, trace_of
from rnn_desk.protocol.frames import Frames
from rnn_desk.protocol.model import ModelRef
from rnn_desk.protocol.requests import Ask, Open, Read, ToEngine
from tests.helpers import models

COUNT = 2000
AT_ONCE = 2
LIMITS = Limits(seconds=6.0, mebibytes=1024)
PICTURE = Raster(np.tri(28, dtype=np.float32))


def good_files():
    """Small models of every kind, so that a mutation hits the structure as often as the weights."""
    made = [
        models.recurrent("LSTM", units=3, layers=2),
        models.recurrent("GRU", units=3, direction="bidirectional", linear_before_reset=1),
        models.recurrent("RNN", units=3, states=True, batch=1),
        models.recurrent("LSTM", units=2, direction="reverse", head="mean", clip=1.5),
    ]
    cards = [models.card(), models.card(), models.card(batch=1), models.card()]
    files = [models.carrying(m, c).SerializeToString() for m, c in zip(made, cards, strict=True)]
    picture = models.carrying(models.convolution(), models.card(layout="NCHW", reading="whole"))
    return [*files, picture.SerializeToString()]


def mutated(seed, files):
    """One damaged file: half of them on the level of bytes, half of what the bytes mean."""
    random = np.random.default_rng(seed)
    data = files[seed % len(files)]
    other = files[random.integers(len(files))]
    if seed % 2:
        return reordered(random, data, other)
    return damaged(random, bytearray(data), other)


def damaged(random, data, other):
    """Flipped bits, bytes overwritten, cut out, put in, and another file's end."""

    def piece(of):
        start = random.integers(len(of))
        return slice(start, start + int(random.choice([1, 2, 8, 64, 500])))

    for _ in range(random.choice([1, 1, 2, 5])):
        place = random.integers(len(data))
        match random.choice(6, p=[0.4, 0.3, 0.1, 0.05, 0.1, 0.05]):
            case 0:
                data[place] ^= 1 << random.integers(8)
            case 1:
                data[place] = random.choice([0, 1, 0x7F, 0x80, 0xFF])
            case 2:
                cut = data[piece(data)]  # a piece over another one of the same length
                data[place : place + len(cut)] = cut[: len(data) - place]
            case 3:
                del data[piece(data)]
            case 4:
                data[piece(data)] = other[piece(other)]
            case 5:
                del data[place:]
                data += other[random.integers(len(other)) :]
        if not data:
            break
    return bytes(data)


def reordered(random, data, other):
    """Nodes left out, doubled, exchanged or taken from another model; names, numbers, shapes."""
    model = onnx.load_model_from_string(data)
    graph = model.graph
    for _ in range(random.choice([1, 1, 2, 4])):
        node = graph.node[random.integers(len(graph.node))]
        names = [name for n in graph.node for name in (*n.input, *n.output)] + [""]
        attribute = random.choice(list(node.attribute)) if node.attribute else None
        tensor = graph.initializer[random.integers(len(graph.initializer))]
        match random.integers(9):
            case 0 if len(graph.node) > 2:
                graph.node.remove(node)
            case 1:
                graph.node.append(node)
            case 2:
                another = graph.node[random.integers(len(graph.node))]
                node.op_type, another.op_type = another.op_type, node.op_type
            case 3:
                nodes = onnx.load_model_from_string(other).graph.node
                graph.node.insert(random.integers(len(graph.node)), random.choice(list(nodes)))
            case 4 if node.input:
                node.input[random.integers(len(node.input))] = random.choice(names)
            case 5 if attribute is not None:
                attribute.i = int(random.choice([-1, 0, 1, 2, 7, 2**31, 2**62]))
            case 6 if attribute is not None and attribute.ints:
                attribute.ints[random.integers(len(attribute.ints))] = random.integers(-3, 30)
            case 7 if tensor.dims:
                tensor.dims[random.integers(len(tensor.dims))] = random.choice([0, 1, 5, 2**40])
            case _:
                values = bytearray(tensor.raw_data)
                values[random.integers(len(values))] ^= 1 << random.integers(8)
                tensor.raw_data = bytes(values)
    return model.SerializeToString()


MOST_OPENED = 200
"""Files that one process opens here, and keeps what it has found of; the program gives it one."""


class Apart:
    """An engine process that is asked one thing at a time; it may die of it."""

    def __init__(self):
        self._heard = queue.SimpleQueue()
        self._process = EngineProcess(
            self._heard.put,
            lambda *_: self._heard.put(None),
            lambda: 2**28,
            LIMITS.mebibytes,
        )
        self.alive = True
        self.opened = 0

    def ask(self, work, path):
        """The answer; a refusal, be it that the process died or was too slow."""
        began = self._process.cpu_seconds()
        self._process.send(lambda: Frames(ToEngine).parts(Ask(1, "", work)))
        while True:
            try:
                message = self._heard.get(timeout=0.5)
            except queue.Empty:
                if self._process.cpu_seconds() - began > LIMITS.seconds:
                    self.close()
                    raise Refused("{file} never comes to an end", file=path) from None
                continue
            match message:
                case None:
                    self.alive = False
                    raise Refused("{file} makes the runtime crash", file=path)
                case Done(answer=answer):
                    return answer
                case Failed(why=why):
                    raise why

    def close(self):
        self.alive = False
        self._process.kill()
        self._process.join()


class Pool:
    """Processes that are handed out one to a thread; one that died is replaced."""

    def __init__(self):
        self._free = queue.SimpleQueue()
        for _ in range(AT_ONCE):
            self._free.put(Apart())

    def read(self, path):
        """Open the file and read a picture with it, as the window would; its probabilities."""
        apart = self._free.get()
        try:
            ref = ModelRef(str(path))
            apart.opened += 1
            model = model_of(ref, apart.ask(Open(ref), path))
            reading = apart.ask(Read(model.ref, PICTURE.pixels), path)
            return model, trace_of(model, PICTURE, 0.0, reading, gradient=False)
        finally:
            if apart.opened == MOST_OPENED:
                apart.close()
            self._free.put(apart if apart.alive else Apart())

    def close(self):
        for _ in range(AT_ONCE):
            self._free.get().close()


@pytest.fixture
def pool():
    pool = Pool()
    yield pool
    pool.close()


def test_a_mutation_is_the_same_each_time():
    files = good_files()
    assert [mutated(k, files) for k in range(50)] == [mutated(k, files) for k in range(50)]
    assert len({mutated(k, files) for k in range(50)} - set(files)) > 45


def check_words(sentence, path):
    assert path.name in sentence
    for inside in (".cc", "Traceback", "/onnxruntime", "onnxruntime::", "std::", "\n"):
        assert inside not in sentence


def innermost(refusal):
    """What a refusal comes down to."""
    reason = refusal.fields.get("reason")
    return innermost(reason) if isinstance(reason, Refused) else refusal.template


def outcomes(pool, folder, seeds):
    """How many files were refused and how many read; a failure names its seed."""
    files, counts, lock = good_files(), {"refused": 0, "read": 0}, threading.Lock()
    reasons = {}

    def one(seed):
        path = folder / f"{seed}.onnx"
        path.write_bytes(mutated(seed, files))
        try:
            model, trace = pool.read(path)
        except Refused as refusal:
            result = "refused"
            with lock:
                reasons.setdefault(innermost(refusal), str(refusal))
            check_words(str(refusal), path)
        else:
            assert trace.probabilities.shape == (len(model.card.classes),), seed
            result = "read"
        path.unlink()
        with lock:
            counts[result] += 1

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(one, seeds))
    return counts, reasons


def test_a_few_damaged_files_are_refused_or_read(pool, tmp_path):
    counts, _ = outcomes(pool, tmp_path, range(40))
    assert min(counts.values()) > 0


@pytest.mark.slow
def test_two_thousand_damaged_files_are_refused_or_read(pool, tmp_path):
    counts, reasons = outcomes(pool, tmp_path, range(COUNT))
    assert sum(counts.values()) == COUNT
    assert min(counts.values()) > COUNT // 10
    assert len(reasons) > 5  # the damage is not all of one kind
