"""The menu of the devices that a model can run on, and why the others are not among them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.core.errors import Refused
from rnn_desk.protocol.devices import AUTO, Device
from rnn_desk.qt.style.plain import add_action, set_tip
from rnn_desk.qt.style.words import sentence, tr


class DeviceMenu(QMenu):
    """Usable devices first; what is not usable is listed too, and its reason is its tooltip."""

    chosen = Signal(str)
    """The name of the device that is to be used."""
    wondered = Signal()
    """Somebody opens the menu for the first time: which devices are there?"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._devices: tuple[Device, ...] = ()
        self._refusal: Refused | None = None
        self._current = ""
        self._asked = False
        self.aboutToShow.connect(self._about_to_show)

    def show_devices(self, devices: tuple[Device, ...] | Refused) -> None:
        """These devices are known; or why none is, until somebody looks again."""
        if isinstance(devices, Refused):
            self._refusal, self._asked = devices, False
        else:
            self._devices = devices
        self.set_words()

    def show_current(self, name: str) -> None:
        """The models run on the device of that name."""
        self._current = name
        self.set_words()

    def set_words(self) -> None:
        """Build the menu anew, in the language of now."""
        self.clear()
        if not self._devices:
            looking = tr("Looking for devices…")
            words = looking if self._refusal is None else sentence(self._refusal)
            add_action(self, words).setEnabled(False)
            return
        self._add(AUTO, tr("Fastest, as measured"))
        for device in self._devices:
            if device.refusal is None:
                self._add(device.name, _words(device))
        self.addSection(tr("Not usable here"))
        for device in self._devices:
            if device.refusal is not None:
                action = self._add(device.name, _words(device))
                action.setCheckable(False)
                action.setEnabled(False)
                set_tip(action, sentence(device.refusal))

    def _add(self, name: str, words: str) -> QAction:
        action = add_action(self, words)
        action.setCheckable(True)
        action.setChecked(name == self._current)
        action.triggered.connect(partial(self._choose, name))
        return action

    def _choose(self, name: str, *_checked: bool) -> None:
        self.set_words()  # the mark stays where the models are until they have moved
        self.chosen.emit(name)

    def _about_to_show(self) -> None:
        if not self._asked:
            self._asked, self._refusal = True, None
            self.set_words()
            self.wondered.emit()


def _words(device: Device) -> str:
    words = tr(device.label)
    if device.cores:
        return tr("{device}, {cores} cores", device=words, cores=device.cores)
    return words
