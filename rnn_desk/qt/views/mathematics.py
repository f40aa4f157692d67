"""Mathematics on the screen: TeX set by ziamath, in a font of its own, painted by Qt.

The pieces of the cells' formulas were set ahead (`tests/helpers/formulas.py`), as ziamath takes a
third of a second for them; any other is set when it is first asked for. A piece is painted as
outlines at any size: some 10 microseconds each, so that formulas follow the pointer. The numbers,
which change, are painted as text below the pieces that they stand for, and never set.
"""

from __future__ import annotations

import json
from dataclasses import field
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from rnn_desk.assets_door import asset
from rnn_desk.core.frozen import frozen

EM = 64.0
"""Units of a letter's size in which a piece is measured."""

SET_AHEAD = asset("formulas.json")
"""For each piece in TeX its outlines in `_INK`, and its advance in parts of an em."""

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

_INK = "#010203"
"""Stands in outlines for the colour that they are painted in."""


@frozen(eq=False)
class Piece:
    """A formula, or a part of one: its box around the baseline's left end, in parts of an em."""

    box: QRectF
    advance: float
    renderer: QSvgRenderer = field(repr=False)

    def paint(self, painter: QPainter, at: QPointF, size: float) -> None:
        """Paint it with its baseline's left end there, its letters `size` pixels."""
        place = QRectF(
            at.x() + self.box.x() * size,
            at.y() + self.box.y() * size,
            self.box.width() * size,
            self.box.height() * size,
        )
        self.renderer.render(painter, place)


@lru_cache(maxsize=512)  # the cells' symbols, in the colours of all themes
def piece(tex: str, colour: str) -> Piece:
    """TeX, set in that colour ("#rrggbb")."""
    outlines, advance = _set(tex)
    renderer = QSvgRenderer(QByteArray(outlines.replace(_INK, colour).encode()))
    box = renderer.viewBoxF()
    measured = QRectF(box.x() / EM, box.y() / EM, box.width() / EM, box.height() / EM)
    return Piece(measured, advance, renderer)


def advance(tex: str) -> float:
    """How far behind a piece the next one stands, in parts of an em."""
    return _set(tex)[1]


@cache
def _set(tex: str) -> tuple[str, float]:
    """The outlines as SVG in the colour `_INK`, and the advance in parts of an em."""
    outlines, advance = _set_ahead().get(tex) or set_by_ziamath(tex)
    return outlines, advance


@cache
def _set_ahead() -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = json.loads(SET_AHEAD.read_text(encoding="utf-8"))
    return found


def set_by_ziamath(tex: str) -> tuple[str, float]:
    """Set a piece anew; the outlines as SVG, and the advance in parts of an em."""
    from ziamath.config import config  # with its font, a tenth of a second
    from ziamath.zmath import Latex

    config.svg2 = False  # outlines only: all that Qt's SVG reads
    formula = Latex(tex, size=EM, color=_INK)
    return formula.svg(), formula.getsize()[0] / EM


def number(value: float, places: int = 2) -> str:
    """With a true minus sign."""
    return f"{value:.{places}f}".replace("-", "−")


def signed(value: float, places: int = 2) -> str:
    """With its sign, whichever it is."""
    return f"{value:+.{places}f}".replace("-", "−")


def significant(value: float, digits: int = 3) -> str:
    """With its sign, and as many digits that tell something, however small it is."""
    return _by_hand(f"{value:+.{digits}g}")


def short(value: float) -> str:
    """With three digits at most that tell something."""
    return _by_hand(f"{value:.3g}")


def power_of_ten(exponent: int) -> str:
    """As it is written by hand: 10⁻³; 1 for 0."""
    return "1" if exponent == 0 else f"10{str(exponent).translate(_SUPERSCRIPT)}"


def _by_hand(digits: str) -> str:
    """What Python writes as -2e-05, as −2·10⁻⁵."""
    number, _, exponent = digits.partition("e")
    number = number.replace("-", "−")
    return f"{number}·{power_of_ten(int(exponent))}" if exponent else number
