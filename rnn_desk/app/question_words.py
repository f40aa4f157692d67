"""A question's answers, in words: the same in the window and on pages."""

from __future__ import annotations

from rnn_desk.app.input_words import Words
from rnn_desk.core.questions import Answer, Question


def answer_words(question: Question, answer: Answer, names: tuple[str, ...], tr: Words) -> str:
    """An answer, as it is said. names: of the models that read."""
    if question.kind == "yes":
        return tr("yes") if answer else tr("no")
    if question.kind == "row":
        return tr("row {row}", row=int(answer) + 1)
    if question.kind == "which":
        return two_of(question, names, tr)[int(answer)]
    return str(answer)


def two_of(question: Question, names: tuple[str, ...], tr: Words) -> tuple[str, str]:
    """What the two are called that are chosen from."""
    first, second = (*names, "", "")[:2]
    told = (tr(each) if each else "" for each in question.of)
    marked = (f"A – {first}", f"B – {second}")
    one, other = (words or mark for words, mark in zip(told, marked, strict=True))
    return one, other
