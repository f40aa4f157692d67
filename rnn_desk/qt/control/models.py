"""Which models read, and on what device: opened, compared, moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rnn_desk.engine.foreign.chosen_readings import ChosenReadings
from rnn_desk.qt.control.control import Control
from rnn_desk.qt.state.recent import RecentModels
from rnn_desk.qt.state.settings import Remembered
from rnn_desk.qt.window.window import Window
from rnn_desk.qt.work.devices import CPU, Devices
from rnn_desk.qt.work.model_cards import ModelCards
from rnn_desk.qt.work.models import LoadedModels
from rnn_desk.qt.work.opening import ModelWish, Opening

if TYPE_CHECKING:
    from rnn_desk.engine.reading.reader import Reader


class ModelChoice(Control):
    """The menus along the top of the window. Until another model is ready, the old one answers."""

    def __init__(
        self,
        models: LoadedModels,
        opening: Opening,
        devices: Devices,
        cards: ModelCards,
        chosen: ChosenReadings,
        window: Window,
        remembered: Remembered,
        parent: QObject | None = None,
    ) -> None:
        """chosen: how a person said that files without a card are to be read."""
        super().__init__(parent)
        self._models = models
        self._opening = opening
        self._devices = devices
        self._cards = cards
        self._chosen = chosen
        self._remembered = remembered
        self.recent = RecentModels(window.menus["recent"], remembered.now.recent, self.open)
        header, speed = window.header, window.panels.speed
        header.chosen.connect(self.open)
        header.alone.connect(models.stop_comparing)
        header.cancelled.connect(opening.cancel)
        header.devices.chosen.connect(self.set_device)
        header.devices.wondered.connect(devices.list)
        speed.asked.connect(lambda: devices.measure(models.readers[0]))
        opening.opened.connect(models.take)
        opening.began.connect(lambda wish: header.show_opening(wish.path.name))
        opening.stage.connect(header.show_stage)
        opening.ended.connect(lambda: header.show_opening(None))
        devices.brought.connect(models.move)
        devices.listed.connect(header.devices.show_devices)
        devices.explained.connect(header.explain_device)
        devices.measured.connect(speed.show_figures)
        cards.known.connect(header.show_cards)
        models.changed.connect(self._models_changed)
        for source in (models, opening, devices):
            source.refused.connect(self.refused)

    def open(self, path: Path, place: int = 0) -> None:
        """Open a model, at place 1 beside the first."""
        self._opening.open(ModelWish(path, CPU, place, chosen=dict(self._chosen.readings)))

    def remember(self) -> None:
        """Remember the files."""
        self._remembered.change(recent=self.recent.as_text)

    def stop(self) -> None:
        """End what the models do, and the threads."""
        self._models.give_up(for_good=True)
        self._cards.stop()
        self._opening.stop()
        self._devices.stop()

    def set_device(self, name: str) -> None:
        """Run the models on the device of that name, and remember it."""
        self._remembered.change(device=name)
        self._devices.want(name, self._models.readers)

    def _models_changed(self, readers: tuple[Reader, ...]) -> None:
        self._devices.bring(readers)
        self.recent.note(reader.origin.path for reader in readers)
