"""A lesson as a page to be printed: everything it says, and nothing but words where words stand."""

import base64

from rnn_desk.app.input_words import english
from rnn_desk.app.lesson_page import Shown, page
from rnn_desk.app.lessons import Lesson, LessonStep

EVIL = "<script>&\"'"
PLAIN = LessonStep("Rows <i>first</i>", {})
ASKING = LessonStep(
    "Look.",
    {"ask": {"kind": "class", "words": "Which?", "answer": "so far", "then": "See."}},
    "Slow.",
)


def printed(*shown, **fields):
    steps = tuple(each.step for each in shown)
    return page(Lesson("mine", EVIL, steps, **fields), shown, english, "en")


def test_words_are_words():
    text = printed(Shown(PLAIN, b"picture"), aim=EVIL)
    assert "<script>" not in text
    assert "<i>" not in text
    assert text.count("&lt;script&gt;&amp;&quot;&#x27;") == 3  # two titles and the aim
    assert base64.b64encode(b"picture").decode() in text
    assert 'class="ask"' not in text
    assert 'class="notes"' not in text


def test_a_question_stands_there_with_its_answer_and_the_notes():
    text = printed(Shown(PLAIN, b""), Shown(ASKING, b"", answer="7"))
    assert "Step 2" in text
    assert "<b>Which?</b><br>Answer: 7<br>See." in text
    assert "Notes: Slow." in text
    assert "Answer" not in printed(Shown(ASKING, b""))


def test_words_of_a_question_are_words():
    asked = {"kind": "class", "words": EVIL, "answer": "so far", "then": EVIL}
    text = printed(Shown(LessonStep(EVIL, {"ask": asked}, EVIL), b"", answer=EVIL))
    assert "<script>" not in text
    assert text.count("&lt;script&gt;&amp;&quot;&#x27;") == 7
