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

    chosen = Signal(object, int)
    """The Path of a model from a menu, and where it is to read: 0 here, 1 beside the other."""
    compared = Signal(int)
    """A model from a file is to read beside the other."""
    alone = Signal()
    """The second model is to go."""

    def __init__(
        self, models: tuple[Path, ...], open_model: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = QToolButton()
        self.model.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.model.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.model.setAccessibleName(tr("Model"))
        self.model.setMenu(self._menu(self.model, models, 0))
        self.model.menu().addAction(open_model)
        self.compare = QToolButton()
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.compare.setText(tr("Compare") + "  ▾")
        self.compare.setToolTip(tr("Let a second model read the same drawing"))
        self.compare.setMenu(self._menu(self.compare, models, 1))
        self.compare.menu().addAction(tr("Open model…")).triggered.connect(
            lambda *_: self.compared.emit(1)
        )
        self._alone = self.compare.menu().addAction(tr("Stop comparing"))
        self._alone.triggered.connect(lambda *_: self.alone.emit())
        self._alone.setEnabled(False)
        self.accuracy = QLabel()
        self.accuracy.setObjectName("muted")
        self.device = QLabel()
        self.device.setObjectName("muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.model)
        layout.addWidget(self.compare)
        layout.addWidget(self.accuracy)
        layout.addStretch(1)
        layout.addWidget(self.device)
        self._about_model = tr("no model yet")
        self._device = ""
        self.model.setText(tr("Model") + "  ▾")
        self.show_opening(None)

    def _menu(self, owner: QWidget, models: tuple[Path, ...], place: int) -> QMenu:
        """The models at hand; whoever chooses one is told of by `chosen`."""
        menu = QMenu(owner)
        for path in models:
            menu.addAction(path.stem).triggered.connect(partial(self._choose, path, place))
        menu.addSeparator()
        return menu

    def _choose(self, path: Path, place: int, *_checked: bool) -> None:
        self.chosen.emit(path, place)

    def show_opening(self, name: str | None) -> None:
        """This model is being opened, or none is; until it is there, the one before reads."""
        self.accuracy.setText(
            self._about_model if name is None else tr("opening {name}…", name=name)
        )

    def show_models(self, names: tuple[str, ...], accuracy: float | None, device: str) -> None:
        """These models read, one or two, on this device; `accuracy` 0..1 of the first on MNIST's
        test set, if known."""
        self.model.setText(f"{names[0]}  ▾")
        second = names[1] if len(names) > 1 else None
        self.compare.setText((second or tr("Compare")) + "  ▾")
        self._alone.setEnabled(second is not None)
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
