"""What a widget that holds words does when the language changes while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Worded(QWidget):
    """Sets its words in one method: a subclass calls it when it is built, Qt's event from then on.

    Words that are painted need none of this: Qt paints anew, and `tr` is asked again.
    """

    def set_words(self) -> None:
        """Set every word that this widget, or a child without a class of its own, holds."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.set_words()
        super().changeEvent(event)
