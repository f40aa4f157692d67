"""The message across the window is in the log as well."""

import logging

from rnn_desk.core.errors import Refused
from rnn_desk.qt.style.language import speak
from rnn_desk.qt.window.message_bar import MessageBar


def test_what_it_says_is_logged_in_one_language(qtbot, caplog):
    banner = MessageBar()
    qtbot.addWidget(banner)
    speak("zh")
    try:
        with caplog.at_level(logging.INFO, logger="rnn_desk"):
            banner.say(Refused("The sheet is full: clear it, or undo some strokes"))
    finally:
        speak("en")
    assert banner.label.text() != caplog.messages[0]
    assert caplog.messages == ["The sheet is full: clear it, or undo some strokes"]
