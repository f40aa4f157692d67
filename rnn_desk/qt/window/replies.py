"""What is said to whoever answered a lesson's question: kindly, and so that it is learnt from."""

from __future__ import annotations

from rnn_desk.app.values import Reply
from rnn_desk.core.questions import Answer, Question
from rnn_desk.qt.style.words import tr


def reply_words(question: Question, reply: Reply, names: tuple[str, ...]) -> str:
    """Whether it was right, and what is. names: of the models that read."""
    given, truth = reply.given, reply.truth
    if question.kind == "draw":
        if reply.right:
            return tr("Well done: that is one.")
        return tr("Left open for now: it can be tried again at any time.")
    if truth is None:
        return tr("For this drawing, there is no telling.")
    told = answer_words(question, truth, names)
    if reply.right:
        if given == truth:
            return tr("Right: {answer}.", answer=told)
        return tr("Near enough: {answer}.", answer=told)
    if given is None:
        return tr("It is: {answer}.", answer=told)
    if question.kind == "row":
        return _row_words(int(given), int(truth))
    if question.kind == "yes":
        return tr("A fair guess, but: {answer}.", answer=told)
    mine = answer_words(question, given, names)
    return tr("A fair guess: not {given}, but {answer}.", given=mine, answer=told)


def answer_words(question: Question, answer: Answer, names: tuple[str, ...]) -> str:
    """An answer, as it is said."""
    if question.kind == "yes":
        return tr("yes") if answer else tr("no")
    if question.kind == "row":
        return tr("row {row}", row=int(answer) + 1)
    if question.kind == "which":
        return two_of(question, names)[int(answer)]
    return str(answer)


def two_of(question: Question, names: tuple[str, ...]) -> tuple[str, str]:
    """What the two are called that are chosen from."""
    first, second = (*names, "", "")[:2]
    told = (tr(each) if each else "" for each in question.of)
    marked = (f"A – {first}", f"B – {second}")
    one, other = (words or mark for words, mark in zip(told, marked, strict=True))
    return one, other


def _row_words(given: int, truth: int) -> str:
    row, away = truth + 1, abs(truth - given)
    if truth > given:
        return tr("A fair guess: it is row {row}, {away} further down.", row=row, away=away)
    return tr("A fair guess: it is row {row}, {away} further up.", row=row, away=away)
