"""The floor under `pen_to_paint`: a bare window that runs the bare network and paints a fixed list.

    python -m tests.benchmarks.pen_floor

Nothing of the program: onnxruntime and Qt alone, in one thread. On each event of the pen the
program's own model reads a picture that never changes, with all the outputs that the program takes,
and the window paints as many images, strings and pixmaps, as large, as the program's default desk
does. It takes its turns as `pen_hand.serve` tells.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import onnx
import onnxruntime as ort
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.pen_hand import SIZE, Strokes, serve

MODEL = Path(__file__).parents[2] / "assets/models/champion.onnx"
RECURRENT = ("LSTM", "GRU", "RNN")

IMAGES = (
    # numbers across and down, and where they are painted
    (28, 28, QRect(367, 109, 336, 336)),  # the picture
    (224, 28, QRect(717, 109, 160, 336)),  # the first layer
    (192, 28, QRect(891, 109, 147, 336)),  # the second
    (10, 28, QRect(1052, 109, 110, 336)),  # the belief
    (224, 1, QRect(551, 679, 119, 22)),  # the state before that the equations have
    (256, 1, QRect(717, 453, 150, 8)),  # a legend
)
STRINGS = 133
PIXMAPS = (
    # width, height, and where
    (309, 309, 14, 69),  # the canvas
    (467, 176, 14, 585),  # the equations
    (449, 204, 917, 562),  # the map of states
    *((44, 44, 367 + 48 * (k % 13), 560 + 48 * (k // 13)) for k in range(25)),  # small ones
)


class Floor(QWidget):
    """Reads and paints; a subject for the hand."""

    def __init__(self) -> None:
        super().__init__()
        self.view = self.paper = self
        self._read, self._events = reading(MODEL), 0
        random = np.random.default_rng(0)
        self._images = [(where, _image(random, w, h)) for w, h, where in IMAGES]
        self._pixmaps = [
            (QPointF(x, y), QPixmap.fromImage(_image(random, w, h))) for w, h, x, y in PIXMAPS
        ]
        self._strings = [
            (QPointF(20 + 68 * (k % 19), 90 + 92 * (k // 19)), f"{number:+.2f}")
            for k, number in enumerate(random.normal(size=STRINGS))
        ]
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(*SIZE)

    def clear(self) -> None:
        """Nothing is drawn here."""

    def replace(self, _: Strokes) -> None:
        self._pen()

    def place(self, x: float, y: float) -> QPointF:
        return QPointF(14 + 309 * x, 69 + 309 * y)

    def wanted(self) -> int:
        return self._events

    def shown(self) -> int:
        return self._events

    def whole(self) -> int:
        return self._events

    def mousePressEvent(self, _: QMouseEvent) -> None:  # noqa: N802  Qt's name
        self._pen()

    def mouseMoveEvent(self, _: QMouseEvent) -> None:  # noqa: N802  Qt's name
        self._pen()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        for at, pixmap in self._pixmaps:
            painter.drawPixmap(at, pixmap)
        for where, image in self._images:
            painter.drawImage(where, image)
        for at, words in self._strings:
            painter.drawText(at, words)

    def _pen(self) -> None:
        self._events += 1
        self._read()
        self.update()


def reading(path: Path, side: int = 28):
    """What runs the model once on a picture, on one thread, as is best for one: the answer, and
    every hidden state of each recurrent layer."""
    model = onnx.load(path)
    for node in model.graph.node:
        if node.op_type in RECURRENT:
            states = onnx.ValueInfoProto(name=node.output[0])
            model.graph.output.append(states)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    picture = np.zeros((1, side, side), np.float32)
    picture[0, side // 8 : -side // 8, side // 2] = 1
    fed = {session.get_inputs()[0].name: picture}
    return lambda: session.run(None, fed)


def _image(random: np.random.Generator, width: int, height: int) -> QImage:
    pixels = random.integers(0xFF000000, 0xFFFFFFFF, (height, width), np.uint32, endpoint=True)
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def main() -> int:
    """Show it, and draw whenever told to."""
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    floor = Floor()
    floor.show()
    serve(floor)
    return 0


if __name__ == "__main__":
    sys.exit(main())
