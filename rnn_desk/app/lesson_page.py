"""A lesson as one HTML page to be printed: each step's picture, words, question and notes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from html import escape

from rnn_desk.app.lessons import Lesson, LessonStep
from rnn_desk.core.frozen import frozen

Words = Callable[..., str]
"""Speaks a language: `qt.style.words.tr`."""

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1d21; background: #fff; }
h1 { font-size: 1.6rem; margin-bottom: .3rem; } h2 { font-size: 1.1rem; margin: 0 0 .3rem; }
section { break-inside: avoid; margin: 1.6rem 0; border-top: 1px solid #ccd; padding-top: 1rem; }
img { width: 100%; border: 1px solid #ccd; border-radius: .3rem; }
.ask { border-left: .25rem solid #00705a; padding-left: .8rem; }
.notes { background: #f4f5f7; padding: .5rem .8rem; border-radius: .3rem; }
.muted { color: #59636e; }
@page { margin: 14mm; }
"""


@frozen
class Shown:
    """A step on the page: its picture as PNG, and what is right of its question, "" for nothing."""

    step: LessonStep
    picture: bytes
    answer: str = ""


def page(lesson: Lesson, shown: Iterable[Shown], tr: Words, language: str) -> str:
    """The page, in the language that `tr` speaks."""
    title = escape(tr(lesson.title))
    return "\n".join(
        [
            f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>",
            *([f"<p>{escape(tr(lesson.aim))}</p>"] if lesson.aim else []),
            *(_step(number, each, tr) for number, each in enumerate(shown, start=1)),
            "</html>",
        ]
    )


def _step(number: int, shown: Shown, tr: Words) -> str:
    step = shown.step
    data = base64.b64encode(shown.picture).decode("ascii")
    heading = escape(tr("Step {number}", number=number))
    parts = [
        f"<section><h2>{heading}</h2>",
        f"<p>{escape(tr(step.words))}</p>",
        f'<img alt="{heading}" src="data:image/png;base64,{data}">',
    ]
    if (ask := step.state.teaching.ask) is not None:
        said = [f"<b>{escape(tr(ask.words))}</b>"]
        if shown.answer:
            said.append(escape(tr("Answer: {answer}", answer=shown.answer)))
        if ask.then:
            said.append(escape(tr(ask.then)))
        parts.append(f'<p class="ask">{"<br>".join(said)}</p>')
    if step.notes:
        parts.append(f'<p class="notes">{escape(tr("Notes"))}: {escape(tr(step.notes))}</p>')
    return "\n".join([*parts, "</section>"])
