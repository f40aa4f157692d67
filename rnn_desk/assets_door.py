"""The one door to the files that ship with the program: models, reference digits, translations.

In a wheel they lie inside the package; in a checkout, and so in an editable install, in the
repository's own `assets` folder.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "assets", _PACKAGE.parent / "assets")


def asset(*parts: str) -> Path:
    """The path of a shipped file, such as `asset("models", "lstm.onnx")`; it may not exist."""
    for place in _PLACES:
        if place.is_dir():
            return place.joinpath(*parts)
    return _PLACES[-1].joinpath(*parts)


def bundled_models() -> tuple[Path, ...]:
    """The models that ship with the program, by name."""
    return tuple(sorted(asset("models").glob("*.onnx")))


def yardsticks() -> tuple[Path, ...]:
    """The plain cells that ship with the program, from the one that forgets most to the one that
    forgets least: what another model's gradient is laid beside."""
    paths = (asset("models", f"{name}.onnx") for name in ("rnn", "gru", "lstm"))
    return tuple(path for path in paths if path.is_file())


def default_model() -> Path:
    """The model that reads when none is asked for: the best that ships with the program."""
    champion = asset("models", "champion.onnx")
    return champion if champion.is_file() else asset("models", "lstm.onnx")
