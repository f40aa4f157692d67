from __future__ import annotations

from dataclasses import asdict

import pytest

from rnn_desk.core.errors import Refused
from training.recipes import RECIPES, recipe_from, recipe_named


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_comes_back_from_plain_data(name: str) -> None:
    recipe = recipe_named(name)
    assert recipe.name == name
    assert recipe_from(asdict(recipe)) == recipe


def test_an_unknown_recipe_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="no recipe 'lsmt': choose from lstm"):
        recipe_named("lsmt")


def test_plain_data_of_another_recipe_is_no_recipe() -> None:
    record = asdict(recipe_named("lstm"))
    with pytest.raises(TypeError):
        recipe_from({**record, "learning": 1})
    del record["augmentation"]
    with pytest.raises(KeyError):
        recipe_from(record)
