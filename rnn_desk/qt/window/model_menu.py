"""The menu of the models that ship with the program: in groups, each with what it is and can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from rnn_desk.assets_door import BundledModel
from rnn_desk.core.card import ModelCard
from rnn_desk.qt.style.plain import Action
from rnn_desk.qt.style.words import tr


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
        self._marked: Path | None = None
        self._choice = QActionGroup(self)
        self._choice.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self.entries = [(model, self._action(model)) for model in models]
        """Each model, and the action that chooses it."""
        self._learning = QMenu(self)
        finished = [(m, action) for m, action in self.entries if m.learned is None]
        for _, group in groupby(finished, key=lambda entry: entry[0].group):
            self.addActions([action for _, action in group])
            self.addSeparator()
        self._learning.addActions([a for model, a in self.entries if model.learned is not None])
        if self._learning.actions():
            self.addMenu(self._learning)
            self.addSeparator()
        self.addActions(list(others))

    def show_cards(self, cards: Mapping[Path, ModelCard]) -> None:
        """These models' cards are known."""
        self._cards = cards
        self.set_words()

    def show_files(self, marked: Path | None, left_out: Path | None = None) -> None:
        """The first file is chosen here, if it is one of these; the other is not offered."""
        self._marked = marked
        for model, action in self.entries:
            action.setVisible(model.path != left_out)
        self._mark()

    def set_words(self) -> None:
        """Set every model's words: its name, what it is, and what it reads of MNIST's test set."""
        self._learning.setTitle(tr("While it learns"))
        for model, action in self.entries:
            card = self._cards.get(model.path)
            name = model.path.stem if card is None else card.name
            share = None if card is None else card.accuracies.get("mnist_test")
            figure = "" if share is None else f"\t{share:.2%}"
            action.setText(_described(model, name) + figure)

    def _action(self, model: BundledModel) -> QAction:
        action = Action(parent=self)
        action.setCheckable(True)
        self._choice.addAction(action)
        action.triggered.connect(partial(self._choose, model.path))
        return action

    def _choose(self, path: Path, *_checked: bool) -> None:
        self._mark()  # the mark stays where it was until the model is there
        self.chosen.emit(path)

    def _mark(self) -> None:
        for model, action in self.entries:
            action.setChecked(model.path == self._marked)


def _described(model: BundledModel, name: str) -> str:
    if model.learned is not None:
        return tr("after {steps:,} steps of training", steps=model.learned)
    if model.words:
        return tr("{name}: {description}", name=name, description=tr(model.words))
    return name
