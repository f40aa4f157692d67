"""The standalone folder's recipe leaves out nothing that the program imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import rnn_desk
from rnn_desk.qt.platform.identity import APP_ID, USER_MODEL_ID

REPOSITORY = Path(__file__).parents[2]
RECIPE = REPOSITORY / "assets" / "packaging" / "rnn-desk.spec"


def excluded() -> list[str]:
    """What the recipe leaves out."""
    for node in ast.walk(ast.parse(RECIPE.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "excludes":
            names: list[str] = ast.literal_eval(node.value)
            return names
    raise AssertionError("the recipe leaves nothing out")


def imported() -> Iterator[str]:
    """All that a module of the program imports, names taken from a module among them."""
    for path in Path(rnn_desk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_recipe_leaves_out_nothing_that_the_program_imports():
    names = set(imported())
    assert "PIL.AvifImagePlugin" in names
    for left_out in excluded():
        assert not [name for name in names if f"{name}.".startswith(f"{left_out}.")], left_out


def test_what_starts_the_program_names_it_as_its_windows_do():
    """Else a desktop shows a second icon beside the one that was clicked."""
    packaging = RECIPE.parent
    assert f'AppUserModelID: "{USER_MODEL_ID}"' in (packaging / "windows.iss").read_text("utf-8")
    starter = packaging.parent / "desktop" / f"{APP_ID}.desktop"
    assert f"\nStartupWMClass={APP_ID}\n" in starter.read_text("utf-8")
