"""The core is the standard library and NumPy: it runs where nothing else is installed."""

from tests.helpers.alone import REPOSITORY, said_alone

SCRIPT = """
import rnn_desk.core
modules = [m.name for m in pkgutil.walk_packages(rnn_desk.core.__path__, "rnn_desk.core.")]
for module in modules:
    importlib.import_module(module)
from rnn_desk.core.drawing import from_json
from rnn_desk.core.raster import rasterise
pixels = rasterise(from_json('{"strokes": [[[100, 100], [100, 300], [200, 300]]]}')).pixels
assert pixels.max() == 1
print(*sorted(modules))
"""


def test_the_core_needs_only_numpy():
    root = REPOSITORY / "rnn_desk" / "core"
    files = (file.relative_to(root).with_suffix("") for file in root.rglob("*.py"))
    parts = [[part for part in file.parts if part != "__init__"] for file in files]
    names = sorted(".".join(["rnn_desk.core", *each]) for each in parts if each)
    assert sorted(said_alone(SCRIPT)) == names
