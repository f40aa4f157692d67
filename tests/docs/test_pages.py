"""The pages are true of what is here: links lead somewhere, pictures and tables are made by
commands, names of packages and versions are those that the code has."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from rnn_desk import __version__, folders
from rnn_desk.app.action_table import action_table
from rnn_desk.qt.actions import menu_table
from rnn_desk.qt.platform.startup import PACKAGES
from tests.docs.pages import PAGES, README, ROOT, blocks, headings, links, marked, with_marked
from tests.docs.pictures import shown
from tests.docs.tables import tables

SMALL = 400_000
"""Bytes of a picture: a page that is read on a phone stays readable."""

EMPHASISED = re.compile(r"(?<!\*)\*([A-Z][^*`]+)\*(?!\*)")
"""What stands in italics: what menus have, and titles of books."""

PINNED = re.compile(r"[\w.-]+==[\w.]+")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        if "://" in target:
            continue
        path, _, name = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert there.is_relative_to(ROOT), target
        if name:
            assert name in headings(there), target


def test_pictures_are_made_by_a_command_and_are_small() -> None:
    for picture in shown():
        verb, out, *_ = shlex.split(picture.made)
        assert verb == "render", picture
        assert ROOT / out == picture.path
        assert picture.words
        assert picture.path.stat().st_size < SMALL
    first = next(shown())
    assert first.page == README
    with Image.open(first.path) as moving:
        assert getattr(moving, "n_frames", 1) > 10
    pictures = {picture.path for picture in shown()}
    assert {*(ROOT / "assets/pictures").iterdir()} == pictures


@pytest.mark.slow
def test_the_commands_below_pictures_make_such_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rnn_desk.cli import main

    monkeypatch.chdir(ROOT)
    for picture in shown():
        verb, _, *words = shlex.split(picture.made)
        out = tmp_path / picture.path.name
        assert main([verb, str(out), *words]) == 0
        with Image.open(out) as made, Image.open(picture.path) as kept:
            assert made.size == kept.size


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tables_are_current(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_marked(text, tables()) == text, "python -m tests.docs.tables"


def test_the_page_on_the_command_line_is_current() -> None:
    pytest.importorskip("tqdm")  # of the training package, whose words are there too
    from tests.docs.command_line import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.docs.command_line"


def test_every_table_stands_on_a_page() -> None:
    there = {name for page in PAGES for name in marked(page.read_text(encoding="utf-8"))}
    assert there >= tables().keys()


def test_the_first_two_blocks_of_a_shell_are_the_run_and_the_tests() -> None:
    """CI takes them from here, each as one command line."""
    run, tests = [block.text for block in blocks(README) if block.language == "sh"][:2]
    for line in (run, tests):
        assert line.count("\n") == 1
        assert ";" not in line
    assert run.split(" && ")[-1].strip() == ".venv/bin/rnn-desk"
    assert "pytest" in tests
    found = subprocess.run(
        ["awk", r"/^```(bash|sh|shell|console)/{c++; on=(c==2); next} /^```/{on=0} on", README],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == tests


def test_the_same_lines_are_there_for_uv() -> None:
    text = README.read_text(encoding="utf-8")
    for block in [block for block in blocks(README) if block.language == "sh"][:2]:
        _, install, then = block.text.strip().split(" && ")
        packages = install.removeprefix(".venv/bin/python -m pip install ")
        assert f"`uv venv --clear && uv pip install {packages} && {then}`" in text


def test_nothing_is_pinned_for_people_but_torch() -> None:
    pinned = {pin for page in PAGES for pin in PINNED.findall(page.read_text(encoding="utf-8"))}
    (torch,) = pinned
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert torch in constraints
    assert torch.startswith("torch==")
    assert not any("constraints.txt -e" in page.read_text(encoding="utf-8") for page in PAGES)


def test_the_fold_has_the_packages_that_qt_wants_and_ci_installs() -> None:
    (fold,) = [b.text for b in blocks(README) if b.text.startswith("sudo apt install ")]
    named = set(fold.split()[3:])
    assert fold.count("\n") == 1  # so that it can be copied
    ci = re.search(r'PACKAGES="(.*?)"', (ROOT / ".ci/run").read_text(), re.DOTALL)
    assert ci is not None
    assert set(ci[1].split()) - named == {"xvfb", "xauth", "openbox"}  # for a screen in memory
    brought_along = ("libx11", "libglib", "libfreetype", "libxcb1", "libxcb-", "libwayland")
    assert all(package.startswith(brought_along) for package in set(PACKAGES.values()) - named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_says_to_choose_is_in_the_menus(page: Path) -> None:
    menus = {menu.words.replace("&", "") for menu in menu_table()}
    items = menus | {spec.words for spec in action_table()}
    for found in EMPHASISED.findall(page.read_text(encoding="utf-8")):
        menu, *rest = " ".join(found.split()).split(", ")
        for named in rest if menu in menus else [menu] if menu.endswith("…") else []:
            assert any(item.startswith(named) for item in items), found


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.read_text(encoding="utf-8").split()) < 1200


def test_the_python_that_is_asked_for_is_the_one_that_is_wanted() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or newer" in README.read_text(encoding="utf-8")


def test_the_citation_names_this_version() -> None:
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", changes, re.MULTILINE)


def test_the_folders_of_this_system_are_those_of_the_page() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    there = [
        folders.settings_folder(),
        folders.log_folder(),
        folders.unpacked_folder(),
    ]
    for path in there:
        assert f"`{_as_written(path)}`" in page


def _as_written(path: Path) -> str:
    """With the variable, or the mark, that stands for the part that is each person's own."""
    for name, word in (("LOCALAPPDATA", "%LOCALAPPDATA%"),):
        if base := os.environ.get(name):
            return str(path).replace(base, word)
    homes = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share"} | {
        "XDG_CACHE_HOME": ".cache"
    }
    for name, usual in homes.items():
        if (base := os.environ.get(name)) and path.is_relative_to(base):
            return str(Path("~", usual, path.relative_to(base)))
    return str(Path("~", path.relative_to(Path.home())))
