"""The real desk, with the real bundled model, for tests that drive the window."""

import pytest
from threadpoolctl import threadpool_limits

from rnn_desk.assets_door import asset
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.settings import Settings

LOAD_MS = 20_000


@pytest.fixture
def desk(qtbot):
    """A shown window whose model is ready; its threads end with the test."""
    with threadpool_limits(1, user_api="blas"):
        desk = Desk(Settings(theme="light"), None)
        window = desk.window
        window.resize(1366, 768)
        with qtbot.waitActive(window):  # shortcuts are the active window's
            window.show()
            window.activateWindow()
        desk.open_model(asset("models", "lstm.onnx"))
        qtbot.waitUntil(lambda: bool(window.reading.rows.groups), timeout=LOAD_MS)
        yield desk
        window.close()


@pytest.fixture
def settle(qtbot, desk):
    """Wait until the views show the newest drawing, all of it."""

    def wait():
        qtbot.waitUntil(lambda: desk.presenter.settled, timeout=LOAD_MS)

    return wait
