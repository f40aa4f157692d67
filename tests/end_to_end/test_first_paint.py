"""The window is painted before the runtime is loaded, and nothing that was drawn is lost."""

import subprocess
import sys

SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
from rnn_desk.assets_door import default_model
from rnn_desk.qt.desk import Desk
from rnn_desk.qt.state.settings import Settings

heavy = ("onnx", "onnxruntime", "torch")
app = QApplication([])
desk = Desk(Settings(), None)
desk.window.show()
app.processEvents()
picture = desk.window.grab()
assert not picture.isNull()
loaded = [name for name in heavy if name in sys.modules]
assert not loaded, f"loaded before the first paint: {loaded}"
desk.open_model(default_model())
while not desk.window.reading.rows.groups:
    app.processEvents()
assert "onnxruntime" in sys.modules and "torch" not in sys.modules
desk.window.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_paint():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
