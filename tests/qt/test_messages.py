import logging

from PySide6.QtCore import qInstallMessageHandler, qWarning

from rnn_desk.qt.platform import messages


def test_qts_messages_go_to_the_log(caplog):
    messages.to_log()
    try:
        with caplog.at_level(logging.DEBUG, logger="qt"):
            qWarning("the paint is wet")
            qWarning("This plugin does not support propagateSizeHints()")
    finally:
        qInstallMessageHandler(None)
    assert [record.message for record in caplog.records] == ["the paint is wet"]
    assert caplog.records[0].levelno == logging.WARNING
