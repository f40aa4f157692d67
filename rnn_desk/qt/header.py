"""The strip along the top: which model reads, where it runs, how long it took."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from rnn_desk.qt.words import tr


class Header(QWidget):
    """The model's name opens a menu of the models at hand; on the right the device and the time."""

    chosen = Signal(object)
    """The Path of a model from the menu."""

    def __init__(
        self, models: tuple[Path, ...], open_model: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = QToolButton()
        self.model.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.model.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.model.setAccessibleName(tr("Model"))
        menu = QMenu(self.model)
        for path in models:
            menu.addAction(path.stem).triggered.connect(partial(self._choose, path))
        menu.addSeparator()
        menu.addAction(open_model)
        self.model.setMenu(menu)
        self.accuracy = QLabel()
        self.accuracy.setObjectName("muted")
        self.device = QLabel()
        self.device.setObjectName("muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.model)
        layout.addWidget(self.accuracy)
        layout.addStretch(1)
        layout.addWidget(self.device)
        self._about_model = tr("no model yet")
        self._device = ""
        self.model.setText(tr("Model") + "  ▾")
        self.show_opening(None)

    def _choose(self, path: Path, *_checked: bool) -> None:
        self.chosen.emit(path)

    def show_opening(self, name: str | None) -> None:
        """This model is being opened, or none is; until it is there, the one before reads."""
        self.accuracy.setText(
            self._about_model if name is None else tr("opening {name}…", name=name)
        )

    def show_model(self, name: str, accuracy: float | None, device: str) -> None:
        """This model reads, on this device; `accuracy` 0..1 on the MNIST test set, if known."""
        self.model.setText(f"{name}  ▾")
        self._about_model = (
            "" if accuracy is None else tr("reads {part:.2%} of MNIST's test set", part=accuracy)
        )
        self.show_opening(None)
        self._device = device
        self.device.setText(device)

    def show_time(self, milliseconds: float) -> None:
        """How long a reading takes, from the drawing to every state."""
        self.device.setText(
            tr("{device}  ·  {time:.1f} ms", device=self._device, time=milliseconds)
        )
