"""A model that reads, and whose file somebody writes anew meanwhile."""

import shutil

import numpy as np
import pytest

from rnn_desk.app.actions import draw, point, show
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import Drawing, stroke
from rnn_desk.qt.work import model_files
from tests.models.manifest import FILES

LOAD_MS = 30_000
EXTERNAL = FILES / "dynamo_lstm_external.onnx"
WEIGHTS = f"{EXTERNAL.name}.data"


@pytest.fixture
def wait_for(qtbot):
    def wait(condition):
        qtbot.waitUntil(condition, timeout=LOAD_MS)

    return wait


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(model_files, "REST_MS", 50)


@pytest.fixture
def reads(desk, wait_for):
    """Have a file's model read, with a drawing, a row and a view on the desk."""

    def read(path):
        desk.open_model(path)
        wait_for(lambda: [model.path for model in desk.models.loaded] == [path])
        desk.store.do(draw.put, Drawing((stroke([[150, 100], [300, 120], [220, 400]]),)))
        desk.store.do(point.pin, 9)
        desk.store.do(show.view, "gradient", True)
        desk.window.docks["lab"].show()
        wait_for(lambda: desk.settled)
        return desk.models.loaded[0]

    return read


def replaced(path, data):
    """As a careful program writes it: beside, and moved into place."""
    beside = path.with_name("beside.tmp")
    beside.write_bytes(data)
    beside.replace(path)


@pytest.mark.parametrize("write", [lambda path, data: path.write_bytes(data), replaced])
def test_a_model_that_changes_on_disk_can_be_reloaded(desk, tmp_path, wait_for, reads, write):
    path = tmp_path / "mine.onnx"
    shutil.copy(asset("models", "lstm.onnx"), path)
    before, banner = reads(path), desk.window.banner
    state = desk.store.state
    write(path, asset("models", "gru.onnx").read_bytes())
    wait_for(banner.isVisible)
    assert "mine.onnx has changed on disk" in banner.label.text()
    assert desk.models.loaded == (before,)  # until it is wanted
    banner.offer_button.click()
    assert not banner.isVisible()
    wait_for(lambda: desk.models.loaded[0] is not before)
    wait_for(lambda: desk.settled)
    assert desk.models.loaded[0].layers[0].op == "GRU"
    after = desk.store.state
    assert after.canvas.finished is state.canvas.finished
    assert after.pointed.pinned == 9
    assert after.views.shown == state.views.shown
    assert not desk.window.docks["lab"].isHidden()
    write(path, asset("models", "rnn.onnx").read_bytes())  # and so again
    wait_for(banner.isVisible)


def test_weights_that_change_beside_a_model_are_read_too(desk, tmp_path, wait_for, reads):
    path = tmp_path / EXTERNAL.name
    for each in (EXTERNAL, EXTERNAL.with_name(WEIGHTS)):
        shutil.copy(each, tmp_path)
    before = reads(path)
    belief = desk.trace.probabilities.copy()
    weights = path.with_name(WEIGHTS)
    replaced(weights, (np.frombuffer(weights.read_bytes(), np.float32) * 0.7).tobytes())
    wait_for(desk.window.banner.isVisible)
    desk.window.banner.offer_button.click()
    wait_for(lambda: desk.models.loaded[0] is not before)
    wait_for(lambda: desk.settled)
    assert (desk.trace.probabilities != belief).any()


def test_a_file_that_is_only_touched_is_no_other_one(desk, tmp_path, wait_for, reads, monkeypatch):
    path = tmp_path / "mine.onnx"
    shutil.copy(asset("models", "lstm.onnx"), path)
    reads(path)
    compared, real = [], model_files._sha256
    monkeypatch.setattr(model_files, "_sha256", lambda *at: compared.append(at) or real(*at))
    path.write_bytes(path.read_bytes())
    wait_for(lambda: bool(compared))
    desk.background.stop()
    assert not desk.window.banner.isVisible()


def test_a_file_that_is_removed_goes_on_reading(desk, tmp_path, wait_for, reads, qtbot):
    path = tmp_path / "mine.onnx"
    shutil.copy(asset("models", "lstm.onnx"), path)
    before = reads(path)
    path.unlink()
    qtbot.waitUntil(lambda: desk.choice.files._rest.isActive())
    qtbot.waitUntil(lambda: not desk.choice.files._rest.isActive())
    assert not desk.window.banner.isVisible()
    assert desk.models.loaded == (before,)
    shutil.copy(asset("models", "gru.onnx"), path)
    wait_for(desk.window.banner.isVisible)


def test_the_programs_own_models_are_not_watched(desk, wait_for):
    wait_for(lambda: bool(desk.models.loaded))
    assert desk.choice.files._watcher is None
