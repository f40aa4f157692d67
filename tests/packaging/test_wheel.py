"""What the build puts into a wheel; `tests/outside/release.py` builds one, and tries it."""

import re
import tomllib
from pathlib import Path

import pytest

from rnn_desk.assets_door import asset

REPOSITORY = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
INCLUDED = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

NOT_OPENED = {"desktop", "packaging", "pictures"}
"""Of `assets`, what the program never opens: what a desktop is told of it, how it is packed, and
the README's pictures."""


def test_all_assets_that_the_program_opens_are_in_the_wheel():
    there = {path.name for path in asset().iterdir()} - NOT_OPENED
    assert {Path(source).name for source in INCLUDED if source.startswith("assets/")} == there
    for source, target in INCLUDED.items():
        assert (REPOSITORY / source).exists()
        assert target in (f"rnn_desk/{source}", "rnn_desk_training")


def test_what_the_code_asks_of_the_assets_is_there():
    asked = set()
    for path in (REPOSITORY / "rnn_desk").rglob("*.py"):
        asked |= set(re.findall(r'asset\("([^"]+)"', path.read_text("utf-8")))
    assert "models" in asked
    assert asked.isdisjoint(NOT_OPENED)


def test_commands_begin_in_packages_that_the_wheel_has():
    project = PROJECT["project"]
    begins = {**project["scripts"], **project["gui-scripts"]}
    assert {place.split(".")[0] for place in begins.values()} == {"rnn_desk", "rnn_desk_training"}


@pytest.mark.parametrize("package", ["rnn_desk", "training"])
def test_packages_say_that_they_are_typed(package):
    assert (REPOSITORY / package / "py.typed").exists()
