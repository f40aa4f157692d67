"""What is said to whoever answered a lesson's question: kindly, and so that it is learnt from."""

from __future__ import annotations

from rnn_desk.app.question_words import answer_words
from rnn_desk.app.values import Reply
from rnn_desk.core.questions import Question
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
    told = answer_words(question, truth, names, tr)
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
    mine = answer_words(question, given, names, tr)
    return tr("A fair guess: not {given}, but {answer}.", given=mine, answer=told)


def _row_words(given: int, truth: int) -> str:
    row, away = truth + 1, abs(truth - given)
    if truth > given:
        return tr("A fair guess: it is row {row}, {away} further down.", row=row, away=away)
    return tr("A fair guess: it is row {row}, {away} further up.", row=row, away=away)
