"""The real desk, with the real bundled model, for tests that drive the window."""

import pytest

from rnn_desk.app.engines import Engines
from rnn_desk.app.state import AppState, Look
from rnn_desk.assets_door import asset
from rnn_desk.qt.desk import Desk

LOAD_MS = 60_000  # a worker's first desk waits for its engine process too, on a busy machine


@pytest.fixture
def make_desk(request, qapp):  # noqa: ARG001  a window needs the application
    """Build a desk that has no model yet; its window is closed, its threads end, with the test."""
    made = []
    own = "second_device" in request.fixturenames  # which a process must know from its start
    processes = Engines if own else request.getfixturevalue("engines").make

    def make(state=None, path=None, **said):
        said.setdefault("processes", processes)
        made.append(Desk(state or AppState(look=Look(theme="light")), path, **said))
        return made[-1]

    yield make
    for desk in made:
        desk.window.close()
        desk.window.deleteLater()
        desk.deleteLater()  # its signals keep what they call, and that keeps the desk


@pytest.fixture
def desk(qtbot, make_desk):
    """A shown window whose model is ready."""
    desk = make_desk()
    window = desk.window
    window.resize(1366, 768)
    with qtbot.waitActive(window):  # shortcuts are the active window's
        window.show()
        window.activateWindow()
    desk.open_model(asset("models", "lstm.onnx"))
    qtbot.waitUntil(lambda: bool(window.reading.rows.groups), timeout=LOAD_MS)
    return desk


@pytest.fixture
def settle(qtbot, desk):
    """Wait until the views show the newest drawing, all of it."""

    def wait():
        qtbot.waitUntil(lambda: desk.settled, timeout=LOAD_MS)

    return wait
