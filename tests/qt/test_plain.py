"""What a file calls itself is words, in every widget, action, tooltip, title and painting.

Qt's own widgets guess what their words are; the code may use them in one file alone, which is found
in its syntax. And the real window, with a model of a hostile name open in it, is looked through.
"""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QAction, QHelpEvent, QPainter, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QMenu,
    QTableWidget,
    QToolTip,
    QWidget,
)

from rnn_desk.core.errors import Refused
from rnn_desk.core.plain import one_line, plain
from rnn_desk.protocol.report import Condition, Missed, Report
from rnn_desk.qt.actions import menu_table
from rnn_desk.qt.style.plain import (
    Action,
    CheckBox,
    Label,
    PushButton,
    ToolButton,
    add_action,
    list_item,
    set_tip,
    set_title,
    show_tip,
    table_item,
)
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.rows import RowView
from rnn_desk.qt.views.view import View
from tests.helpers import pen
from tests.helpers.hostile import NAMES, forbidden_in, named

CODE = Path(__file__).parents[2] / "rnn_desk"
DOOR = CODE / "qt" / "style" / "plain.py"

GUESS = {
    *("QLabel", "QToolButton", "QPushButton", "QCheckBox", "QRadioButton", "QCommandLinkButton"),
    *("QAction", "QGroupBox", "QTableWidgetItem", "QListWidgetItem", "QTreeWidgetItem"),
}
"""Qt's classes that take their words for more than words, or bring a tooltip that does."""

NOWHERE = {
    *("QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "QSplashScreen"),
    *("QTextEdit", "QTextBrowser", "QTextDocument", "QGraphicsTextItem", "QStaticText"),
    *("QWhatsThis", "QWizard"),
}
"""Those that the program has no use for."""

SAY = {"setToolTip", "setWindowTitle", "setStatusTip", "setWhatsThis", "setTextFormat", "showText"}
"""Methods that say words, or how they are taken."""

LOADS_MS = 30_000


# The code.


def trees():
    for path in sorted(CODE.rglob("*.py")):
        if path != DOOR:
            yield path.relative_to(CODE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def guessed(tree):
    """Where a syntax tree makes or derives one of the classes, or calls one of the methods."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names if alias.name in NOWHERE)
        if isinstance(node, ast.ClassDef):
            yield from (base.id for base in node.bases if getattr(base, "id", "") in GUESS)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in GUESS | SAY:
                yield name


def actions_of_words(tree):
    """Calls that have Qt make an action of words: it hands the action back, which is then used;
    of an action that is there it hands back nothing."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "addAction":
            (argument, *others) = node.args
            if (
                others
                or isinstance(argument, ast.Constant | ast.JoinedStr)
                or id(node) not in alone
            ):
                yield ast.unparse(node)


def test_only_one_file_makes_what_guesses_at_its_words():
    assert [(path, name) for path, tree in trees() for name in guessed(tree)] == []


def test_no_action_is_made_of_words_past_that_file():
    assert [(path, call) for path, tree in trees() for call in actions_of_words(tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "QLabel(name)",
        "QtWidgets.QLabel(name)",
        "class L(QLabel): pass",
        "button.setToolTip(name)",
        "QToolTip.showText(at, name)",
        "from PySide6.QtWidgets import QMessageBox",
    ],
)
def test_the_check_sees_it(code):
    assert list(guessed(ast.parse(code)))


def test_the_check_sees_an_action_made_of_words():
    assert list(actions_of_words(ast.parse("a = menu.addAction(words)")))
    assert list(actions_of_words(ast.parse("menu.addAction(tr('x')).setEnabled(False)")))
    assert not list(actions_of_words(ast.parse("menu.addAction(action)")))


# The one file.


def as_seen(tip):
    """What a person reads in a tooltip, as Qt takes it."""
    if not Qt.mightBeRichText(tip):
        return tip
    store = QTextDocument()
    store.setHtml(tip)
    assert "\ufffc" not in store.toPlainText()  # what stands for a picture
    return store.toPlainText()


def unmarked(words):
    """What a person reads on a button or in a menu."""
    return re.sub("&(.)", r"\1", words)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_widget_says_a_name_in_words(name):
    words = plain(name, kept="\n\t")
    label = Label(name)
    assert (label.text(), label.textFormat()) == (words, Qt.TextFormat.PlainText)
    tool = ToolButton()
    tool.setText(name)
    for button in (tool, PushButton(name), CheckBox(name), Action(name)):
        assert unmarked(button.text()) == words
    assert as_seen(Action(name).toolTip()) == words
    assert table_item(name).text() == list_item(name).text() == plain(name)
    menu = QMenu()
    assert unmarked(add_action(menu, name).text()) == words
    for each in (label, tool, menu, table_item(""), Action("")):
        set_tip(each, name)
        assert as_seen(each.toolTip()) == words
    set_title(label, name)
    assert label.windowTitle().replace("[*][*]", "[*]") == one_line(name)
    for widget in (label, tool, menu):
        widget.deleteLater()


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.parametrize("name", [NAMES["an image"], NAMES["a heading"], NAMES["an entity"]])
def test_the_tooltip_on_the_screen_has_the_words(qtbot, name):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    show_tip(QPoint(5, 5), name, widget)
    qtbot.waitUntil(QToolTip.isVisible)
    assert as_seen(QToolTip.text()) == name
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.mark.usefixtures("qapp")
def test_a_button_is_not_lit_up_once_its_menu_is_closed(qtbot):
    button = ToolButton()
    qtbot.addWidget(button)
    button.setMenu(QMenu(button))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt leaves it
    button.menu().aboutToHide.emit()
    assert not button.underMouse()


def test_words_that_nobody_could_take_for_more_are_handed_to_qt_as_they_are():
    label = Label()
    set_tip(label, "Undo (Ctrl+Z)\n1 < 2")
    assert label.toolTip() == "Undo (Ctrl+Z)\n1 < 2"


# The window.

JOINED = {
    "an image": NAMES["an image"],
    "a heading": " ".join(NAMES[k] for k in ("a heading", "ampersands", "unsaved", "an entity")),
    "obeyed": "".join(
        NAMES[k]
        for k in ("a colour", "a title", "8 bits", "backwards", "lines", "NUL", "unseen", "a tab")
    ),
    "endless": NAMES["endless"],
}
SIGNS = {"an image": "<img", "a heading": "<h1>", "obeyed": "red]0", "endless": "WWWW"}
"""A part of each name by which it is found again."""


def file_name(name):
    """As much of the name as a file can have that the menu of the recent ones takes."""
    return "".join(c for c in name if c not in "/\0\n")[:100]


@pytest.fixture(params=JOINED)
def hostile(request, desk, settle, qtbot, tmp_path, own_drawings):
    """The desk with two models of such a name, all that is said of them, and the name's sign."""
    name = JOINED[request.param]
    path = named(tmp_path, name, f"{file_name(name)}.onnx")
    pen.draw(desk.window.canvas, own_drawings[3])
    for place in (0, 1):
        desk.open_model(path, place)
        qtbot.waitUntil(lambda: files_of(desk).count(path) > place, timeout=LOADS_MS)  # noqa: B023
    settle()
    desk.actions["gradient"].trigger()
    desk.actions["saliency"].trigger()
    desk.actions["cover_row"].trigger()
    settle()
    desk.window.banner.say(Refused("{file} cannot be used: {reason}", file=path, reason=name))
    desk.window.header.show_opening(path.name)
    desk.window.header.progress.start(path.name)
    desk.window.header.passing.say(tr("Saved {name}", name=path.name))
    for sheet in ("about_model", "tensors", "shortcuts", "about"):
        desk.actions[sheet].trigger()
    qtbot.waitUntil(lambda: desk.watching.sheet is not None, timeout=LOADS_MS)
    desk.model_sheets._show_report(report_of(desk, own_drawings))
    QApplication.processEvents()
    return desk, SIGNS[request.param]


def files_of(desk):
    return [model.path for model in desk.models.loaded]


def report_of(desk, drawings):
    card = desk.models.loaded[0].card
    return Report(
        card.name,
        card.classes,
        20,
        (Condition(Refused("as they are"), 0.9),),
        np.ones((10, 10), np.intp),
        (Missed(drawings[0], card.classes[0], card.classes[1], 0.5, 0.1),),
    )


def windows(desk):
    return [desk.window, *desk.window.findChildren(QDialog)]


def menus(desk):
    """Every menu, those that a view makes when it is asked for too."""
    views = [view.menu() for view in desk.window.findChildren(View)]
    return [*desk.window.findChildren(QMenu), *views]


def said(desk):
    """Every word that a widget, an action, a cell or a menu holds, by what holds it."""
    for widget in (desk.window, *desk.window.findChildren(QWidget)):
        kind = type(widget).__name__
        yield kind, widget.windowTitle()
        yield kind, widget.accessibleName()
        yield kind, widget.accessibleDescription()
        yield f"tooltip of {kind}", as_seen(widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton):
            yield kind, widget.text()
        if isinstance(widget, QComboBox):
            yield from ((kind, widget.itemText(k)) for k in range(widget.count()))
        if isinstance(widget, QTableWidget | QListWidget):
            for item in widget.findItems("*", Qt.MatchFlag.MatchWildcard):
                yield kind, item.text()
                yield "tooltip of a cell", as_seen(item.toolTip())
    for action in desk.window.findChildren(QAction):
        yield "action", action.text()
        yield "tooltip of an action", as_seen(action.toolTip())


def painted(desk):
    """Every word that is painted."""
    words = []
    real = QPainter.drawText

    def draw(painter, *told):
        words.extend(text for text in told if isinstance(text, str))
        return real(painter, *told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", draw)
        for window in windows(desk):
            window.grab()
    return words


def under_the_pointer(desk):
    """Every word of the tooltips that views make up for a place."""
    words = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QToolTip, "showText", lambda _at, tip, *_: words.append(tip))
        for view in desk.window.findChildren(QWidget):
            if isinstance(view, RowView | Panel) and view.isVisible():
                for across in range(4, view.width(), max(4, view.width() // 8)):
                    for down in range(4, view.height(), max(4, view.height() // 8)):
                        at = QPoint(across, down)
                        event = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
                        view.event(event)  # sent, it would go on to the panel's title
    return words


def test_all_that_the_window_says_of_a_hostile_file_is_words(hostile):
    desk, sign = hostile
    own = {spec.words for spec in menu_table()}
    texts = [(kind, text) for kind, text in said(desk) if text]
    texts += [("painted", text) for text in painted(desk)]
    texts += [("under the pointer", as_seen(tip)) for tip in under_the_pointer(desk)]
    assert [(kind, text) for kind, text in texts if forbidden_in(text, "\n\t")] == []
    # It is there, in many places, and as it is written.
    kinds = {kind for kind, text in texts if sign in text}
    assert {"Label", "ElidedLabel", "ToolButton", "painted", "ModelSheet", "action"} <= kinds
    rich = [label.text() for label in desk.window.findChildren(QLabel)
            if label.text() and label.textFormat() != Qt.TextFormat.PlainText]  # fmt: skip
    assert rich == []
    # Of all that is on buttons and in menus, the menus of the bar alone have a letter underlined.
    actions = [action for menu in menus(desk) for action in menu.actions()]
    marked = [*(a.text() for a in actions), *(a.text() for a in desk.window.findChildren(QAction))]
    marked += [button.text() for button in desk.window.findChildren(QAbstractButton)]
    assert {text for text in marked if "&" in text.replace("&&", "")} <= own
    assert desk.window.minimumSizeHint().width() <= 1366
