"""Files good and bad: opened by name, dropped, pasted, chosen from the menus; a second model."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QToolButton

from tests.monkey import inside
from tests.monkey.acts.act import Act
from tests.monkey.hand import LEFT, NO_KEY, Hand, Pauses


def own_model(hand: Hand) -> None:
    """A model that ships."""
    _model(hand, hand.one_of(hand.pantry.own))


def foreign_model(hand: Hand) -> None:
    """A model of somebody else's."""
    _model(hand, hand.one_of(hand.pantry.foreign))


def hostile_model(hand: Hand) -> None:
    """A model that is made to do harm, where there are any."""
    _model(hand, hand.one_of(hand.pantry.hostile))


def garbage(hand: Hand) -> None:
    """A file that is nothing, opened as a model or dropped."""
    path = hand.one_of(hand.pantry.garbage)
    if hand.chance(0.5):
        _model(hand, path)
    elif path is not None:
        _drop(hand, _file(path), str(path))


def second_model(hand: Hand) -> None:
    """A model beside the one that reads."""
    models = hand.pantry.own if hand.chance(0.7) else hand.pantry.foreign
    _model(hand, hand.one_of(models), place=1)


def stop_comparing(hand: Hand) -> None:
    """The second model let go, by the last entry of the menu beside the first."""
    entry = hand.window.header.compare.menu().actions()[-1]
    if entry.isEnabled():
        entry.trigger()


def many_models(hand: Hand) -> Pauses:
    """One model after the other, before any of them is there."""
    for _ in range(hand.dice.choice((2, 3, 6))):
        models = hand.pantry.own if hand.chance(0.7) else hand.pantry.all
        _model(hand, hand.one_of(models), place=int(hand.chance(0.3)))
        yield hand.dice.choice((0, 20, 150))


def cancel(hand: Hand) -> None:
    """Whatever is being opened, or written, is given up."""
    header = hand.window.header
    for button in (header.cancel, *header.progress.findChildren(QToolButton)):
        hand.click(button)


def drop(hand: Hand) -> None:
    """A drawing or a picture dropped on the window."""
    kinds = hand.pantry.drawings if hand.chance(0.4) else hand.pantry.pictures
    path = hand.one_of(kinds)
    assert path is not None
    _drop(hand, _file(path), path.name)


def paste(hand: Hand) -> None:
    """What is on the clipboard: a picture, a file, words, nothing, what was copied here."""
    clipboard = QGuiApplication.clipboard()
    kind = hand.dice.choice(("picture", "file", "words", "nothing", "as it is"))
    path = hand.one_of(hand.pantry.all)
    hand.tell(kind)
    if kind == "picture":
        picture = QImage(hand.dice.randint(1, 300), hand.dice.randint(1, 300),
                         QImage.Format.Format_ARGB32)  # fmt: skip
        picture.fill(hand.dice.choice((0xFF000000, 0xFFFFFFFF, 0x00000000, 0xFF3050A0)))
        clipboard.setImage(picture)
    elif kind == "file" and path is not None:
        hand.tell(path.name)
        clipboard.setMimeData(_file(path))
    elif kind == "words":
        clipboard.setText("seven")
    elif kind == "nothing":
        clipboard.clear()
    hand.keys(QKeySequence("Ctrl+V"))


def _model(hand: Hand, path: Path | None, place: int = 0) -> None:
    if path is not None:
        hand.tell(f"{path.name!r}" + (" beside" if place else ""))
        inside.open_model(hand.desk, path, place)


def _file(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def _drop(hand: Hand, data: QMimeData, name: str) -> None:
    hand.tell(f"drops {name!r}")
    copy = Qt.DropAction.CopyAction
    for event in (
        QDragEnterEvent(QPoint(20, 20), copy, data, LEFT, NO_KEY),
        QDropEvent(QPointF(20, 20), copy, data, LEFT, NO_KEY),
    ):
        QApplication.sendEvent(hand.window, event)


ACTS = (
    Act("own-model", 5, own_model),
    Act("foreign-model", 3, foreign_model),
    Act("hostile-model", 1, hostile_model),
    Act("garbage", 3, garbage),
    Act("second-model", 4, second_model),
    Act("stop-comparing", 3, stop_comparing),
    Act("many-models", 2, many_models),
    Act("cancel", 2, cancel),
    Act("drop", 4, drop),
    Act("paste", 2, paste),
)
