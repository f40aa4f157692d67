"""The tables of versions are of the bounds that `pyproject.toml` has now; a command wrote them."""

from __future__ import annotations

import tomllib

from packaging.requirements import Requirement
from packaging.version import Version

from tests.docs.pages import ROOT
from tests.outside.versions import BEGIN, END, PYTHONS, SHOWN, SYSTEMS

PAGE = (ROOT / "docs" / "versions.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


OF_THE_BOUNDS = ("3.11", "3.12", "3.13")
"""Pythons for which there are wheels of the lowest versions; a newer one begins with later ones."""


def rows(name: str) -> list[list[str]]:
    """The rows of a table, its heads first."""
    table = PAGE.partition(f"{BEGIN.format(name)}\n")[2].partition(f"\n{END}")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return [lines[0], *lines[2:]]


def lowest() -> dict[str, Version]:
    """The lower bound of what the program stands on."""
    found = {}
    for each in map(Requirement, PROJECT["dependencies"]):
        [bound] = [bound.version for bound in each.specifier if bound.operator == ">="]
        found[each.name.lower()] = Version(bound)
    return found


def test_the_lowest_versions_that_were_tried_are_the_bounds() -> None:
    heads, *tried = rows("tried")
    bounds = lowest()
    assert set(SHOWN) <= set(heads)
    for row in (dict(zip(heads, row, strict=True)) for row in tried):
        assert row["tried"] == "all works"
        for name in SHOWN:
            version, bound = Version(row[name]), bounds[name]
            assert version >= bound, name
            if row["versions"] == "lowest" and row["Python"] in OF_THE_BOUNDS:
                assert version.release[: len(bound.release)] == bound.release, name


def test_every_system_is_told_of() -> None:
    heads, *there = rows("systems")
    assert heads == ["system", *(f"Python {python}" for python in PYTHONS)]
    assert [row[0] for row in there] == list(SYSTEMS)


def test_windows_and_the_newest_macs_get_it_with_every_python() -> None:
    for system, *said in rows("systems")[1:]:
        if system.startswith("Windows") or system == "macOS 14, Apple's processors":
            assert "no" not in said, system
