"""The teacher's guide as one HTML page, made from the lessons themselves.

Its HTML is simple enough for Qt's own text, which shows it in the window.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from rnn_desk.app.input_words import Words, english
from rnn_desk.app.lessons import Lesson, LessonStep, lessons
from rnn_desk.app.question_words import answer_words
from rnn_desk.assets_door import asset
from rnn_desk.core.questions import Answer

Answers = Mapping[str, Mapping[str, Answer]]
"""What is right, by the lesson's name and the number of its step, from 1."""

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.2rem; margin: 1.6rem 0 .2rem; }
table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; }
th, td { padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #8885; }
.muted { color: #59636e; } li { margin: .25rem 0; }
@media print { body { font-size: 11pt; max-width: none; margin: 0; }
  h2, tr { break-inside: avoid; break-after: avoid; } section { break-inside: avoid; } }
"""


def bundled_answers() -> Answers:
    """What is right of the questions of the program's own lessons, as the models say."""
    told: Answers = json.loads(asset("lessons", "answers.json").read_text(encoding="utf-8"))
    return told


def page(tr: Words = english, language: str = "en") -> str:
    """The guide to the program's own lessons, in the language that `tr` speaks."""
    title = escape(tr("RNN Desk in class: a guide for teachers"))
    return "\n".join(
        [
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            body(lessons(), bundled_answers(), tr),
            "</body></html>",
        ]
    )


def body(given: Sequence[Lesson], answers: Answers, tr: Words) -> str:
    """What stands on the page."""
    parts = [f"<h1>{escape(tr('RNN Desk in class: a guide for teachers'))}</h1>"]
    for heading, points in _around(tr):
        parts.append(f"<h2>{escape(heading)}</h2><ul>")
        parts += [f"<li>{escape(point)}</li>" for point in points]
        parts.append("</ul>")
    for number, lesson in enumerate(given, start=1):
        parts += _lesson(number, lesson, answers.get(lesson.name, {}), tr)
    return "\n".join(parts)


def _lesson(number: int, lesson: Lesson, answers: Mapping[str, Answer], tr: Words) -> Iterator[str]:
    yield f"<section><h2>{number}. {escape(tr(lesson.title))}</h2>"
    told = tr("{steps} steps, about {minutes} minutes", steps=len(lesson.steps),
              minutes=lesson.minutes)  # fmt: skip
    yield f'<p class="muted">{escape(told)}</p><p>{escape(tr(lesson.aim))}</p>'
    heads = (tr("step"), tr("question"), tr("answer"))
    yield f"<table><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>"
    for place, step in enumerate(lesson.steps, start=1):
        yield from _question(place, step, answers.get(str(place)), tr)
    yield "</table>"
    notes = [(place, step.notes) for place, step in enumerate(lesson.steps, start=1) if step.notes]
    for place, words in notes:
        hint = tr("Step {step}: {words}", step=place, words=tr(words))
        yield f'<p class="muted">{escape(hint)}</p>'
    yield "</section>"


def _question(place: int, step: LessonStep, right: Answer | None, tr: Words) -> Iterator[str]:
    ask = step.state.teaching.ask
    if ask is None:
        return
    words = tr("a drawing that does it") if ask.kind == "draw" else ""
    if right is not None:
        words = answer_words(ask, right, step.models, tr)
    then = tr(ask.then) if ask.then else ""
    said = f"<b>{escape(words)}</b><br>{escape(then)}"
    yield f"<tr><td>{place}</td><td>{escape(tr(ask.words))}</td><td>{said}</td></tr>"


def _around(tr: Words) -> Iterator[tuple[str, Sequence[str]]]:
    """What there is to be known beside the lessons."""
    yield (
        tr("With a projector"),
        (
            tr("F11 fills the screen, in letters for the back row; Esc ends it."),
            tr("The Page keys, and so a clicker, go from step to step. At a question, the first "
               "press shows the answer, the next one goes on."),
            tr("A double click on a view shows it alone, and Esc brings all back; a large ring "
               "follows the pointer."),
            tr("With two screens, the notes and the answer stand on the other one."),
        ),
    )  # fmt: skip
    yield (
        tr("Questions"),
        (
            tr("A question hides the answer. Let everybody decide first, by hands or on paper; "
               "then give the answer of most by its button or key."),
            tr("What is right is worked out by the network of the step, and it stays right when "
               "somebody has drawn another digit."),
        ),
    )  # fmt: skip
    yield (
        tr("The class's own drawings"),
        (
            tr("Let pupils draw in any step: their drawing stays while the lesson goes on, and "
               "comes back by Undo when it is closed."),
            tr("Drawings are saved one a file (Ctrl+S), or collected with labels in one file; "
               "such a file can be read, measured and trained on."),
        ),
    )  # fmt: skip
    yield (
        tr("Privacy"),
        (
            tr("Nothing leaves the computer: the window opens no network connection, and asks "
               "for no name."),
            tr("A drawing holds strokes and their times alone. Where drawings are told apart by "
               "writer, use numbers or invented names, and keep no list of who is who."),
        ),
    )  # fmt: skip
    yield (
        tr("Printing"),
        (
            tr("This page is saved from its sheet, or by rnn-desk guide guide.html; any browser "
               "prints it."),
            tr("The window's picture is saved by Ctrl+E, and each view by its menu, as PNG, SVG "
               "or PDF."),
        ),
    )  # fmt: skip
