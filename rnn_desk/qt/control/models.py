"""Which models read, and on what device: opened, compared, moved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rnn_desk.app.actions import choose
from rnn_desk.app.chosen_readings import ChosenReadings
from rnn_desk.assets_door import is_bundled
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.state.recent import RecentModels
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.window.message_bar import Offer
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.devices import Devices
from rnn_desk.qt.work.model_cards import ModelCards
from rnn_desk.qt.work.model_files import ModelFiles
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import Opening
from rnn_desk.qt.work.presenter import Presenter


class ModelChoice(Control):
    """The menus along the top of the window. Until another model is ready, the old one answers."""

    offered = Signal(object, object)
    """A Refused that says what has happened, and an Offer of what can be done."""

    def __init__(
        self,
        models: LoadedModels,
        opening: Opening,
        devices: Devices,
        presenter: Presenter,
        cards: ModelCards,
        chosen: ChosenReadings,
        files: ModelFiles,
        window: Window,
        store: QtStore,
        parent: QObject | None = None,
    ) -> None:
        """chosen: how a person said that files without a card are to be read. files: watches those
        of the models that read."""
        super().__init__(parent)
        self._models = models
        self._opening = opening
        self._devices = devices
        self._cards = cards
        self._chosen = chosen
        self._store = store
        self._beside: Path | None = None
        self.recent = RecentModels(window.menus["recent"], store, self.open)
        header, speed = window.header, window.panels.speed
        header.chosen.connect(self.open)
        header.alone.connect(models.stop_comparing)
        header.cancelled.connect(opening.cancel)
        header.devices.chosen.connect(self.set_device)
        header.devices.wondered.connect(devices.list)
        speed.asked.connect(lambda: devices.measure(models.loaded[0]))
        opening.opened.connect(models.take)
        opening.opened.connect(self._open_beside)
        opening.began.connect(lambda path: header.show_opening(path.name))
        opening.stage.connect(header.show_stage)
        opening.ended.connect(lambda: header.show_opening(None))
        presenter.device_failed.connect(devices.leave)
        devices.listed.connect(header.devices.show_devices)
        devices.explained.connect(header.explain_device)
        devices.measured.connect(speed.show_figures)
        cards.known.connect(header.show_cards)
        models.changed.connect(self._models_changed)
        self.files = files
        files.changed.connect(self._offer_reload)
        for source in (models, opening, devices):
            source.refused.connect(self.refused)

    def open(self, path: Path, place: int = 0) -> None:
        """Open a model, at place 1 beside the first."""
        self._beside = None
        self._opening.open(path, place, dict(self._chosen.readings))

    def open_all(self, paths: Sequence[Path]) -> None:
        """Open a model, and where there are two, the second beside it once it reads."""
        first, *others = paths
        self.open(first)
        self._beside = others[0] if others else None

    def set_device(self, name: str) -> None:
        """Run the models on the device of that name, and remember it."""
        self._store.do(choose.device, name)
        self._devices.want(name)

    def _offer_reload(self, model: Model) -> None:
        """The file of a model that reads is another one now: it may be read in its place."""
        self.offered.emit(
            Refused("{file} has changed on disk", file=model.path),
            Offer(lambda: tr("Reload"), partial(self._reload, model.path)),
        )

    def _reload(self, path: Path) -> None:
        for place, model in enumerate(self._models.loaded):
            if model.path == path:
                self.open(path, place)
                return

    def _open_beside(self, *_: object) -> None:
        if self._beside is not None:
            self.open(self._beside, 1)

    def _models_changed(self, models: tuple[Model, ...]) -> None:
        for model in models:
            if not is_bundled(model.path):
                self._store.do(choose.opened_lately, str(model.path.resolve()))
