"""A quiet message across the window: what happened and what to do. Never a modal box."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from rnn_desk.core.errors import Refused
from rnn_desk.core.frozen import frozen
from rnn_desk.qt.style.alert import alert
from rnn_desk.qt.style.plain import Label, ToolButton
from rnn_desk.qt.style.worded import Worded
from rnn_desk.qt.style.words import sentence, tr

log = logging.getLogger(__name__)


@frozen
class Offer:
    """What can be done about it, by a button: its words, in the language of now."""

    words: Callable[[], str]
    act: Callable[[], object]


class MessageBar(Worded):
    """Hidden until it has something to say; stays until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = Label()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.offer_button = ToolButton()
        self.offer_button.clicked.connect(self._take_offer)
        self.close_button = ToolButton()
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.offer_button)
        layout.addWidget(self.close_button)
        self._refusal: Refused | None = None
        self._offer: Offer | None = None
        self.set_words()
        self.hide()

    def say(self, refusal: Refused, offer: Offer | None = None) -> None:
        """Show this message, and log it, as whoever asks for help will not remember its words."""
        log.info("%s", refusal)
        self._refusal, self._offer = refusal, offer
        self.set_words()
        self.show()
        alert(self)

    def offer(self, of: Refused, offer: Offer) -> None:
        """Say what can be done about that, if it is what stands here, or the reason of it."""
        said = self._refusal
        if said is None or self.isHidden() or of not in (said, said.fields.get("reason")):
            return
        self._offer = offer
        self.set_words()

    def set_words(self) -> None:
        self.close_button.setText(tr("Close"))
        self.offer_button.setText("" if self._offer is None else self._offer.words())
        self.offer_button.setHidden(self._offer is None)
        self.setAccessibleName(tr("Message"))
        self.label.setText("" if self._refusal is None else sentence(self._refusal))

    def _take_offer(self) -> None:
        offer = self._offer
        self.hide()
        if offer is not None:
            offer.act()
