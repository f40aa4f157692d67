"""The pages that people read: the README and those in docs; their blocks, links and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

README = ROOT / "README.md"

PAGES = (README, *sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")} - {README}))

_FENCE = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<language>[\w-]*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_PICTURE = re.compile(
    r"!\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)(?:\n<!-- rnn-desk (?P<made>.*?)-->)?", re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """What stands between two fences. mark: the comment right above them, "" where there is none.
    number: its place on its page, from 1."""

    page: Path
    number: int
    language: str
    text: str
    mark: str

    def __str__(self) -> str:
        return f"{self.page.name}-{self.number}-{self.language}"


@dataclass(frozen=True)
class Shown:
    """A picture on a page. made: the arguments of `rnn-desk` below it, "" where there are none."""

    page: Path
    path: Path
    words: str
    made: str


def blocks(page: Path) -> Iterator[Block]:
    """Every block of a page, in order."""
    for number, found in enumerate(_FENCE.finditer(page.read_text(encoding="utf-8")), start=1):
        yield Block(page, number, found["language"], found["text"], found["mark"] or "")


def links(page: Path) -> Iterator[str]:
    """Where the page's links lead, those to other sites too."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    yield from (found["target"] for found in _LINK.finditer(text))


def pictures(page: Path) -> Iterator[Shown]:
    """The pictures of a page, and how they are made."""
    for found in _PICTURE.finditer(page.read_text(encoding="utf-8")):
        path = (page.parent / found["target"]).resolve()
        yield Shown(page, path, found["words"], " ".join((found["made"] or "").split()))


def headings(page: Path) -> set[str]:
    """What links can name on a page, made of its headings as code hosts make it."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for words in found}


def marked(text: str) -> dict[str, str]:
    """What stands between `<!-- NAME: command -->` and `<!-- /NAME -->`, by NAME."""
    found = re.finditer(r"<!-- ([\w-]+): [^\n]*-->\n(.*?)<!-- /\1 -->", text, re.DOTALL)
    return {match[1]: match[2] for match in found}


def with_marked(text: str, made: Mapping[str, str]) -> str:
    """The text with that between its marks instead, where there are marks of such a name."""
    for name, words in made.items():
        pattern = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda found, words=words: f"{found[1]}{words}{found[2]}", text)
    return text
