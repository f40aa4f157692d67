"""What a window has on the screen, painted piece by piece as things changed; and painted anew."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget


def on_screen(window):
    """The window's picture as it stands on the screen."""
    QApplication.processEvents()
    picture = window.screen().grabWindow(window.winId())
    assert not picture.isNull()
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def painted_anew(window):
    """The same, with all of it painted again."""
    for widget in (window, *window.findChildren(QWidget)):
        widget.update()
    return on_screen(window)
