"""A teacher makes a lesson out of the desk, hands it on, and a stranger's is opened with care."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from rnn_desk.app.actions import point
from rnn_desk.app.documents.lesson import checked, open_lesson, read_lesson_file, write_lesson
from rnn_desk.app.values import Draft
from rnn_desk.assets_door import asset
from rnn_desk.cli import main
from tests.helpers import pen


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mine.toml"


@pytest.fixture
def editing(desk, settle, path, monkeypatch, own_drawings):
    """A desk with a digit on it, of which a lesson was begun by the menu."""
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 4))
    settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_n: (str(path), ""))
    desk.actions["lesson_new"].trigger()
    return desk


def test_a_lesson_of_three_steps_with_a_question_is_made_previewed_and_handed_on(
    editing, qtbot, path
):
    window, editor, store = editing.window, editing.window.editor, editing.store
    assert editor.isVisible()
    qtbot.keyClicks(editor.aim, "Half is a guess.")
    editor.minutes.setValue(12)
    qtbot.keyClicks(editor.words, "This is a 4.")
    store.do(point.pin, 12)
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor.words, "Half of it.")
    form = editor.question
    form.kind.setCurrentIndex(1)
    form.kind.activated.emit(1)
    qtbot.keyClicks(form.words, "What is it so far?")
    form.answer.setCurrentIndex(1)
    form.answer.activated.emit(1)
    qtbot.keyClicks(form.then, "The loop is open.")
    qtbot.keyClicks(editor.notes, "Wait.")
    store.do(point.pin, None)
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor.words, "All of it.")
    assert [editor.steps.item(k).text() for k in range(3)] == [
        "1  This is a 4.",
        "2 ?  Half of it.",
        "3  All of it.",
    ]
    editor.steps.setCurrentRow(1)
    assert form.words.text() == "What is it so far?"
    editing.actions["lesson_preview"].trigger()
    qtbot.waitUntil(lambda: not editing.lessons.busy, timeout=30_000)
    assert (editing.lessons.number, window.lesson.words.text()[:4]) == (1, "Half")
    assert store.state.teaching.asks.words == "What is it so far?"
    editor.done.click()
    assert not editor.isVisible()
    assert editing.lessons.lesson is None
    qtbot.waitUntil(lambda: path.exists() and "All of it." in path.read_text())
    assert checked(path).problems == ()
    ask = open_lesson(path).steps[1].state.teaching.ask
    assert (ask.rule, ask.then) == ("so far", "The loop is open.")
    draft = read_lesson_file(path).draft
    assert (draft.aim, draft.minutes) == ("Half is a guess.", 12)
    assert draft.steps[1]["notes"] == "Wait."


def test_a_step_that_cannot_be_given_is_said_while_it_is_edited(editing, qtbot):
    form, wrong = editing.window.editor.question, editing.window.editor.wrong
    assert wrong.text() == "it has no words yet"
    qtbot.keyClicks(editing.window.editor.words, "Look.")
    assert wrong.isHidden()
    form.kind.setCurrentIndex(2)
    form.kind.activated.emit(2)
    form.typed.clear()
    qtbot.keyClicks(form.typed, "no row")
    assert "ask in it is of no use" in wrong.text()
    qtbot.mouseClick(editing.window.editor.back, Qt.MouseButton.LeftButton)


def test_a_drawing_can_be_asked_for_that_is_read_so_or_doubted(editing, qtbot):
    form = editing.window.editor.question
    form.kind.setCurrentIndex(5)
    form.kind.activated.emit(5)
    qtbot.keyClicks(form.words, "Draw one.")
    last = form.answer.count() - 1
    for place, told in ((3, {"reads": "3"}), (last, {"doubted": True}), (7, {"reads": "7"})):
        form.answer.setCurrentIndex(place)
        form.answer.activated.emit(place)
        record = form.record()
        assert record == {"kind": "draw", "words": "Draw one.", **told}
        form.show_question(record)
        assert form.answer.currentIndex() == place
    by_hand = {"kind": "draw", "words": "x", "reads": "3", "doubted": True, "settles": [20, 28]}
    form.show_question(by_hand)
    assert form.record() == by_hand  # what no choice says stays


@pytest.fixture
def strangers(tmp_path, path):
    """A lesson with a model of somebody's in it."""
    model = tmp_path / "their.onnx"
    model.write_bytes(asset("models", "rnn.onnx").read_bytes())
    steps = ({"words": "Ours.", "model": "lstm"}, {"words": "Theirs.", "model": str(model)})
    write_lesson(path, Draft("Strange", steps=steps), {})
    model.unlink()
    return path


@pytest.mark.parametrize(("button", "steps"), [(0, 2), (1, 1), (2, 0)])
def test_a_strangers_model_is_opened_only_after_asking(
    desk, qtbot, strangers, tmp_path, button, steps
):
    desk.lessons._unpacked = tmp_path / "unpacked"
    desk.lessons.open(strangers)
    assert desk.lessons.lesson is None
    assert not (tmp_path / "unpacked").exists()
    qtbot.mouseClick(desk.lessons.sheet.buttons[button], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (desk.lessons.lesson is None) == (steps == 0))
    lesson = desk.lessons.lesson
    assert (0 if lesson is None else len(lesson.steps)) == steps
    assert (tmp_path / "unpacked").exists() == (button == 0)
    if button == 0:
        desk.lessons.move(1)
        qtbot.waitUntil(lambda: not desk.lessons.busy, timeout=60_000)
        assert desk.models.loaded[0].path.name == "their.onnx"
        desk.lessons.end()
        assert desk.models.loaded[0].path.name == "lstm.onnx"


def test_the_command_line_begins_checks_and_refuses(path, capsys):
    assert main(["lesson", "new", str(path)]) == 0
    assert main(["lesson", "check", str(path)]) == 0
    assert "3 steps, nothing is wrong" in capsys.readouterr().out
    assert main(["lesson", "new", str(path)]) == 1
    path.write_text(path.read_text().replace("unit =", "unti ="))
    assert main(["lesson", "check", str(path), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["lessons"].values()
    assert "did you mean unit?" in told["problems"][0]


@pytest.mark.slow
def test_a_lesson_is_exported_as_a_page_with_its_questions(path, tmp_path):
    ask = {"kind": "row", "words": "Which row?", "answer": "inked", "then": "There it is."}
    steps = ({"words": "Look.", "digit": "4 closed", "ask": ask, "notes": "Wait <here>."},)
    write_lesson(path, Draft("Mine & yours", steps=steps), {})
    page = tmp_path / "mine.html"
    assert main(["lesson", "export", str(path), "--out", str(page), "--lang", "en"]) == 0
    text = page.read_text()
    for words in ("Mine &amp; yours", "Look.", "Which row?", "Answer: row ", "There it is.",
                  "Wait &lt;here&gt;.", "data:image/png;base64,"):  # fmt: skip
        assert words in text
