"""The sheet of keys and the one on the program: made from what is there, in the language of now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from rnn_desk.app.action_table import action_table
from rnn_desk.assets_door import asset
from rnn_desk.qt.control.lesson import CLICKER
from rnn_desk.qt.style.language import speak
from rnn_desk.qt.style.words import tr


@pytest.fixture(autouse=True)
def _english_again(qapp):
    yield
    speak("en")
    qapp.processEvents()


def labels(sheet):
    return [label.text() for label in sheet.findChildren(QLabel)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_key_of_the_table_stands_in_it_with_its_words(desk, language):
    desk.actions[f"language_{language}"].trigger()
    QApplication.processEvents()
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    said = labels(desk.sheets.open["shortcuts"])
    for spec in action_table():
        assert (tr(spec.words).rstrip("…") in said) == bool(spec.keys), spec
        for keys in spec.keys:
            assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) in said


def test_no_key_is_given_twice():
    """The Page keys are the rows', and while there is a lesson the lesson's."""
    keys = [k for spec in action_table() if spec.name not in CLICKER for k in spec.keys]
    assert len(keys) == len(set(keys))


def test_it_speaks_the_language_and_has_the_letters_of_now(desk):
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    sheet = desk.sheets.open["shortcuts"]
    small = sheet.sizeHint().height()
    desk.actions["language_zh"].trigger()
    QApplication.processEvents()
    assert "撤销" in labels(sheet)
    assert "Undo" not in labels(sheet)
    assert sheet.windowTitle() == "键盘快捷键"
    desk.actions["present"].trigger()
    QApplication.processEvents()
    assert sheet.sizeHint().height() > small
    desk.actions["present"].trigger()


def test_the_key_opens_and_closes_it_and_so_does_escape(desk, qtbot):
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    sheet = desk.sheets.open["shortcuts"]
    assert not sheet.isModal()
    qtbot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.sheets.open)
    desk.actions["shortcuts"].trigger()
    desk.actions["shortcuts"].trigger()
    assert not desk.sheets.open


def test_about_says_where_the_settings_and_the_log_are(qtbot, tmp_path):
    from rnn_desk.qt.dialogs.about import AboutSheet

    sheet = AboutSheet(tmp_path / "settings.json", [tmp_path / "rnn-desk.log"])
    qtbot.addWidget(sheet)
    said = "\n".join(labels(sheet))
    assert str(tmp_path / "settings.json") in said
    assert str(tmp_path / "rnn-desk.log") in said


def test_about_shows_the_licences_of_all_that_ships(desk, qtbot):
    desk.actions["about"].trigger()
    about = desk.sheets.open["about"]
    QTest.mouseClick(about.licences, Qt.MouseButton.LeftButton)
    sheet = about.sheets.open["licences"]
    text = sheet.findChild(QPlainTextEdit)
    assert text.toPlainText() == asset("notices.txt").read_text(encoding="utf-8")
    assert text.isReadOnly()
    qtbot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not about.sheets.open)
    assert about.isVisible()
    about.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # a floating panel, offscreen
def test_the_layout_is_reset(desk):
    window = desk.window
    before = {name: dock.geometry() for name, dock in window.docks.items() if dock.isVisible()}
    sizes = window._splitter.sizes()
    window.docks["map"].hide()
    window.docks["unit"].setFloating(True)
    window._splitter.setSizes([500, 500, 200])
    window.docks["lab"].show()
    QApplication.processEvents()
    desk.actions["reset_layout"].trigger()
    QApplication.processEvents()
    after = {name: dock.geometry() for name, dock in window.docks.items() if dock.isVisible()}
    assert after.keys() == before.keys()
    assert not window.docks["unit"].isFloating()
    for name, place in before.items():
        assert abs(after[name].width() - place.width()) <= 8, name
    assert all(abs(a - b) <= 8 for a, b in zip(window._splitter.sizes(), sizes, strict=True))
