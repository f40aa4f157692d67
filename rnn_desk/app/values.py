"""Small values that the state is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnn_desk.core.frozen import frozen
from rnn_desk.core.questions import Answer

SPEEDS = ("0.25", "0.5", "1", "2", "4")
"""How many times as fast the rows can be played."""

LANGUAGES = {"en": "English", "zh": "简体中文"}
"""By the names that the command line takes, as their speakers write them."""

THEMES = {
    "light": "Light colours",
    "dark": "Dark colours",
    "contrast_light": "High contrast, light",
    "contrast_dark": "High contrast, dark",
}
"""By the names that the command line and the settings have, what the menu calls them."""

SYSTEM = "system"
"""The name of whichever theme the desktop asks for."""

MOST_RECENT = 8
"""Files of models that are remembered."""

PENS = ("thin", "normal", "thick")

Units = tuple[tuple[int, ...], ...]
"""How many units each layer of each model has."""

Gates = tuple[tuple[str, ...], ...]
"""The letters of the gates that each layer of the first model has."""


def there_is(units: Units, model: int, layer: int, unit: int = 0) -> bool:
    """Whether one of the models has that layer, and that unit in it."""
    return model < len(units) and layer < len(units[model]) and unit < units[model][layer]


@frozen
class Unit:
    """Unit number `unit` of layer number `layer` of model number `model`, all counted from 0."""

    model: int
    layer: int
    unit: int

    def is_in(self, units: Units) -> bool:
        """Whether there is such a unit."""
        return there_is(units, self.model, self.layer, self.unit)


@frozen
class RuledUnit:
    """A unit of a layer of the first model, found by a rule of `core.landmarks.UNITS` in the next
    reading."""

    layer: int
    rule: str


@frozen
class LayerShown:
    """What a layer's view shows, and in which order of its units."""

    model: int
    layer: int
    quantity: str = "h"
    order: str = "stored"


@frozen
class ModelChoice:
    """A model that reads: its file, and the names of its tensors that are watched."""

    path: str
    watched: tuple[str, ...] = ()


@frozen
class LessonPlace:
    """A lesson by its name, and one of its steps, counted from 0."""

    name: str
    step: int


@frozen
class Reply:
    """How a lesson's question was answered: what was given, None where it was only shown; what is
    right, None where it cannot be told; and whether the one is the other."""

    given: Answer | None
    truth: Answer | None
    right: bool


@frozen
class Draft:
    """A lesson as its file says it, which can be changed: a record a step, with its words."""

    title: str
    aim: str = ""
    minutes: int = 0
    steps: tuple[Mapping[str, Any], ...] = ()
