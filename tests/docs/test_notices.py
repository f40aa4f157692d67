"""Everything that ships with the program is named in assets/notices.txt, with the words that its
makers want to be passed on."""

from __future__ import annotations

from rnn_desk.assets_door import asset
from tests.docs.notices import distributions, notices, whole

WRITTEN = asset("notices.txt").read_text(encoding="utf-8")


def test_every_part_is_named() -> None:
    for found in distributions():
        assert f"\n{found.name} " in WRITTEN, "python -m tests.docs.notices"


def test_what_is_installed_in_the_version_that_is_named_is_as_it_says() -> None:
    """Other versions may be installed, and say it otherwise."""
    same = [part for part in notices() if f"\n{part.name} {part.version}".rstrip() in WRITTEN]
    assert len(same) > 5
    for part in same:
        assert str(part) in WRITTEN, f"{part.name}: python -m tests.docs.notices"


def test_the_words_are_there_that_others_ask_for() -> None:
    for words in (
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "GNU GENERAL PUBLIC LICENSE",
        "You may put a version of your own in their place",
        "SIL Open Font License",
        "STIX Fonts Project Authors",
        "Bitstream Vera",
        "Microsoft Corporation",
        "Alimoglu",
        "Cortes",
        "Creative Commons",
    ):
        assert words in WRITTEN
    assert WRITTEN.startswith(whole().partition("\n  ")[0])
