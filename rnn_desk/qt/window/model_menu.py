"""The menu of the models that ship with the program: in groups, each with what it is and can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.assets_door import BundledModel
from rnn_desk.core.card import ModelCard
from rnn_desk.qt.look.words import tr


class ModelMenu(QMenu):
    """Finished models first; those that were stopped on their way are a menu of their own."""

    chosen = Signal(object)
    """The Path of a model."""

    def __init__(
        self,
        models: Sequence[BundledModel],
        others: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        """others: what else can be done here, below the models."""
        super().__init__(parent)
        self._models = tuple(models)
        self._cards: Mapping[Path, ModelCard] = {}
        self._actions = [(model, self._action(model)) for model in models]
        self._learning = QMenu(self)
        finished = [(m, action) for m, action in self._actions if m.learned is None]
        for _, group in groupby(finished, key=lambda entry: entry[0].group):
            self.addActions([action for _, action in group])
            self.addSeparator()
        self._learning.addActions([a for model, a in self._actions if model.learned is not None])
        if self._learning.actions():
            self.addMenu(self._learning)
            self.addSeparator()
        self.addActions(list(others))

    def show_cards(self, cards: Mapping[Path, ModelCard]) -> None:
        """These models' cards are known."""
        self._cards = cards
        self.set_words()

    def set_words(self) -> None:
        """Set every model's words: its name, what it is, and what it reads of MNIST's test set."""
        self._learning.setTitle(tr("While it learns"))
        for model, action in self._actions:
            card = self._cards.get(model.path)
            name = model.path.stem if card is None else card.name
            share = None if card is None else card.accuracies.get("mnist_test")
            figure = "" if share is None else f"\t{share:.2%}"
            action.setText(_described(model, name) + figure)

    def _action(self, model: BundledModel) -> QAction:
        action = QAction(self)
        action.triggered.connect(partial(self._choose, model.path))
        return action

    def _choose(self, path: Path, *_checked: bool) -> None:
        self.chosen.emit(path)


def _described(model: BundledModel, name: str) -> str:
    if model.learned is not None:
        return tr("after {steps:,} steps of training", steps=model.learned)
    if model.words:
        return tr("{name}: {description}", name=name, description=tr(model.words))
    return name
