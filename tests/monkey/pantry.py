"""The files that the monkey has to open: those that ship, those of the tests, and garbage."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage, QPainter

from rnn_desk.assets_door import asset, bundled_models

REPOSITORY = Path(__file__).parents[2]
FILES = REPOSITORY / "tests" / "models" / "files"
CASES = REPOSITORY.parent / "shared" / "cases"
"""Files found elsewhere, where they are there."""


@dataclass(frozen=True)
class Pantry:
    """Paths by what they are, always in the same order; `saved` is a folder to write into."""

    own: tuple[Path, ...]
    foreign: tuple[Path, ...]
    hostile: tuple[Path, ...]
    drawings: tuple[Path, ...]
    pictures: tuple[Path, ...]
    garbage: tuple[Path, ...]
    saved: Path

    @property
    def all(self) -> tuple[Path, ...]:
        """Everything but what does harm on purpose."""
        return (*self.own, *self.foreign, *self.drawings, *self.pictures, *self.garbage)


def stocked(folder: Path) -> Pantry:
    """A pantry whose garbage, and some pictures and drawings, are made in this folder."""
    saved = folder / "saved"
    saved.mkdir(parents=True)
    made = folder / "made"
    made.mkdir()
    return Pantry(
        own=bundled_models(),
        foreign=(*_found(FILES, "*.onnx"), *_found(CASES / "models", "*.onnx")),
        hostile=_found(CASES / "hostile", "*.onnx"),
        drawings=(asset("reference", "digits.jsonl"), *_drawings(made)),
        pictures=(*_pictures(made), *_found(CASES / "pictures", "*.[jpgh]*")),
        garbage=_garbage(made),
        saved=saved,
    )


def _found(folder: Path, pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob(pattern)))


def _drawings(folder: Path) -> list[Path]:
    points = [[50.0 + 4 * k, 60.0 + (37 * k) % 300] for k in range(90)]
    texts = {
        "one.jsonl": '{"label": 1, "strokes": [[[250, 50], [250, 450]]]}\n',
        "scribble.jsonl": f'{{"strokes": [{points}, {points[::-1]}]}}\n',
        "dot.jsonl": '{"strokes": [[[1, 1]]]}\n',
        "small.jsonl": '{"size": 1, "strokes": [[[0.1, 0.1], [0.9, 0.9]]], "width": 0.001}\n',
        "erased.jsonl": '{"strokes": [[[9, 9], [400, 400]], [[9, 9], [400, 400]]], '
        '"tools": ["ink", "eraser"]}\n',
        "nothing.jsonl": '{"strokes": []}\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    with gzip.open(folder / "packed.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(texts["one.jsonl"] * 3)
    return [folder / name for name in (*texts, "packed.jsonl.gz")]


def _pictures(folder: Path) -> list[Path]:
    sizes: Mapping[str, tuple[int, int]] = {
        "digit.png": (28, 28),
        "pixel.png": (1, 1),
        "wide.bmp": (900, 3),
        "high.png": (2, 1200),
        "photograph.jpg": (1600, 1200),
        "blank.gif.png": (200, 200),
    }
    for name, (width, height) in sizes.items():
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        picture.fill(0xFFF8F8F8)
        if not name.startswith("blank"):
            painter = QPainter(picture)
            third, sixth = max(1, width // 3), max(1, height // 6)
            painter.fillRect(third, sixth, max(1, width // 9), 4 * sixth, 0xFF202020)
            painter.end()
        picture.save(str(folder / name))
    return [folder / name for name in sizes]


def _garbage(folder: Path) -> tuple[Path, ...]:
    """Files that are none of what their names say, or none at all."""
    whole = asset("models", "lstm.onnx").read_bytes()
    noise = bytes((k * 73 + k // 7) % 256 for k in range(40_000))
    contents = {
        "empty.onnx": b"",
        "noise.onnx": noise,
        "half.onnx": whole[: len(whole) // 2],
        "broken.onnx": whole[:5000] + noise[:2000] + whole[7000:],
        "words.onnx": b"this is no model\n" * 50,
        "empty.jsonl": b"",
        "noise.jsonl": noise,
        "list.jsonl": b"[[[[[[[[1]]]]]]]]\n",
        "nan.jsonl": b'{"strokes": [[[NaN, 1], [1e999, 2]]]}\n',
        "huge.jsonl": b'{"strokes": [[[1e300, -1e300], [0, 0]]], "size": 1e-300}\n',
        "deep.jsonl": b"[" * 100_000,
        "empty.png": b"",
        "noise.png": noise,
        "head.png": b"\x89PNG\r\n\x1a\n" + noise[:300],
        "words.jpg": b"<svg><script>1</script></svg>",
        "model.png": whole[:60_000],
        "no suffix": noise[:900],
        "a\nline\u202egnp.onnx": b"x",
        "<b>bold & more.onnx": b"<b>",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder.onnx").mkdir()
    (folder / "loop.onnx").symlink_to("loop.onnx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.onnx")
        os.mkfifo(folder / "pipe.png")
    special = ("folder.onnx", "loop.onnx", "pipe.onnx", "pipe.png", "not there.onnx", "gone.png")
    there = (folder / name for name in (*contents, *special))
    return tuple(there)
