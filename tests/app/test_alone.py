"""The app and the protocol, and their tests, run where neither Qt nor a runtime is installed."""

from tests.helpers.alone import said_alone

SCRIPT = """
import rnn_desk.app, rnn_desk.protocol
for package in (rnn_desk.app, rnn_desk.protocol):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
for room in ("app", "protocol"):
    for file in sorted(pathlib.Path("tests", room).rglob("test_*.py")):
        if file.stem != "test_onnx_beside":  # compares with onnx's own schema
            importlib.import_module(".".join(file.with_suffix("").parts))
            print(file.stem)
"""


def test_they_import_no_qt_and_no_runtime():
    assert {"test_engines", "test_frames", "test_teach"} <= set(said_alone(SCRIPT))
