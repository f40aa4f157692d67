"""The teacher's guide says of every lesson what the lesson says, and what the models answer."""

from html import escape

from rnn_desk.app.guide_page import bundled_answers, page
from rnn_desk.app.input_words import english
from rnn_desk.app.lessons import lessons
from rnn_desk.app.question_words import answer_words


def test_every_lesson_has_an_aim_and_takes_some_minutes():
    assert all(lesson.aim and 5 <= lesson.minutes <= 45 for lesson in lessons())


def test_every_question_stands_there_with_its_answer():
    text, answers = page(), bundled_answers()
    for lesson in lessons():
        assert escape(lesson.title) in text
        assert escape(lesson.aim) in text
        for number, step in enumerate(lesson.steps, start=1):
            ask = step.state.teaching.ask
            if ask is None:
                assert str(number) not in answers[lesson.name]
                continue
            line = next(line for line in text.splitlines() if escape(ask.words) in line)
            assert escape(ask.then) in line
            if ask.kind != "draw":
                right = answer_words(ask, answers[lesson.name][str(number)], step.models, english)
                assert f"<b>{escape(right)}</b>" in line


def test_every_word_of_it_goes_through_the_translation():
    def shout(text, **fields):
        return english(text, **fields).upper()

    words = page(shout)
    for lesson in lessons():
        assert escape(lesson.aim.upper()) in words
        assert escape(lesson.aim) not in words
