"""A sheet of what was written stands by itself: full lines, whole words, no mark of a screen."""

import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from rnn_desk.qt.style.theme import LIGHT
from rnn_desk.qt.views.writing.contact_sheet import ContactSheet, columns_of
from rnn_desk.qt.views.writing.tile import Tile


@pytest.mark.parametrize(
    ("count", "columns"), [(1, 1), (2, 2), (3, 3), (4, 2), (7, 7), (9, 3), (10, 5), (12, 4)]
)
def test_all_lines_are_full(count, columns):
    assert columns_of(count) == columns


@pytest.mark.parametrize("points", [9, 24])
@pytest.mark.parametrize("words", ["Endings", "Endings of very many words " * 4])
def test_words_and_pictures_have_their_room(qapp, points, words):
    font = QFont(qapp.font())
    font.setPointSize(points)
    black = QImage(28, 28, QImage.Format.Format_RGB32)
    black.fill(0)
    tiles = [Tile(black, 28, 0, "3", "100%") for _ in range(9)]
    sheet = ContactSheet(tiles, words, LIGHT, font)
    image = QImage(sheet.size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet.paint(painter, 14)
    painter.end()
    inked = [
        y for y in range(image.height()) if image.pixelColor(image.width() // 2, y).lightness() < 20
    ]
    assert len(inked) == pytest.approx(3 * (image.width() - 24 - 20) / 3 / 2, rel=0.1)
    edges = {image.pixelColor(x, y).name() for x in (0, image.width() - 1) for y in range(9)}
    assert edges == {LIGHT.window}
