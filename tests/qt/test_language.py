"""English and Chinese, each complete, and changed while the program runs.

What the code says is found in its syntax; what the window says is read from its widgets, and from
its picture as SVG, in which every painted word stands as text.
"""

import ast
import errno
import os
import re
from collections import Counter
from contextlib import nullcontext
from string import Formatter
from xml.etree import ElementTree

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QFontDatabase, QHelpEvent, QKeySequence, QTextLayout
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QTableWidget,
    QToolTip,
    QTreeView,
    QWidget,
)

from rnn_desk.app.action_table import action_table
from rnn_desk.app.actions import point
from rnn_desk.app.documents import settings
from rnn_desk.app.lessons import read_lesson
from rnn_desk.app.state import AppState, Look
from rnn_desk.app.values import Unit
from rnn_desk.assets_door import CATALOGUE, asset, bundled_lessons, bundled_models
from rnn_desk.core.cells import CELLS
from rnn_desk.core.errors import Refused
from rnn_desk.engine.graph import dissection
from rnn_desk.engine.graph.metadata import cards_of
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.runtime.devices import CPU, KINDS
from rnn_desk.qt import program
from rnn_desk.qt.asked import Asked
from rnn_desk.qt.images.write import save_picture
from rnn_desk.qt.style.language import FONTS, LANGUAGES, _desktop_fonts, speak
from rnn_desk.qt.style.words import CONTEXT, sentence, tr
from rnn_desk.qt.views.answer import AnswerView
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.views.rows import RowView
from tests.helpers import pen, sentences

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

NO_LITERAL = {
    "self._device": "a device's label, from engine.runtime.devices",
    "device.label": "a device's label, likewise",
    "figures.device.label": "a device's label, likewise",
    "other.device.label": "a device's label, likewise",
    "lesson.title": "a lesson's, from assets/lessons",
    "lesson.steps[self._number].words": "a lesson's, likewise",
    "spec.words": "an action's, from app.action_table",
    "spec.tip": "an action's, likewise",
    "spec.needs": "an action's, likewise",
    "lesson.aim": "likewise",
    "step.words": "likewise",
    "words": "a step's, likewise",
    "after[0].words": "the next step's, likewise",
    "step.notes": "likewise",
    "ask.words": "likewise",
    "ask.then": "likewise",
    "each": "what a question calls two things, likewise",
    "model.words": "what a bundled model is, from assets_door",
    "equation.name": "a name in a cell's equations, from core.cells",
    "equation.meaning": "what it says, likewise",
    "meant.name": "a gate's or a state's, likewise",
    "template": "what another process's Refused was made with, one of the closed list",
    "failure.why.template": "another process's, likewise",
    "condition.name.template": "what engine.evaluation.report's Refused was made with",
    "refusal.template": "what a Refused was made with, which is collected where it is made",
    "failed.template": "a Refused's, likewise",
}
"""What `tr` is given that is no literal, and where its words are from."""

SYSTEM_ERRORS = (
    errno.EACCES,
    errno.EPERM,
    errno.ENOSPC,
    errno.EROFS,
    errno.EIO,
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
)
"""Failures of files whose words are the operating system's, and likely enough to be translated."""

NAMES = {
    *(
        "RNN",
        "Desk",
        "LSTM",
        "GRU",
        "CPU",
        "MNIST",
        "ImageNet",
        "ONNX",
        "English",
        "CSV",
        "Markdown",
    ),
    *("lstm", "champion", "ms", "tanh", "log"),
    *("MIT", "Ctrl", "Shift", "Home", "End", "Esc", "Del", "PgUp", "PgDown"),
}
"""Names, units, functions and keys: the same in every language."""

MODELS = {
    word
    for path, card in cards_of(bundled_models()).items()
    for word in re.findall(r"[A-Za-z][A-Za-z']+", f"{path.stem} {card.name}")
}
"""The names of the models that ship, which are on their cards, and so everywhere."""


@pytest.fixture(autouse=True)
def _english_again(qapp):
    yield
    speak("en")
    qapp.processEvents()


@pytest.fixture
def _chinese(_english_again):
    speak("zh")


in_chinese = pytest.mark.usefixtures("_chinese")


# What the code says, and what is translated.


def words_given():
    """What is given to `tr`, and to whatever makes a sentence for a person."""
    for _, call in (*sentences.calls("tr"), *sentences.made()):
        yield call.args[0]


def texts_of_the_code():
    """Every text that may be shown: `tr`'s and Refused's, and those from tables of the engine."""
    literals = {given.value for given in words_given() if isinstance(given, ast.Constant)}
    of_cells = [each for cell in CELLS.values() for each in (*cell.blocks, *cell.states)]
    names = {words for each in of_cells for words in (each.name, each.meaning)}
    labels = {CPU.label, *(kind.label for kind in KINDS)}
    labels |= {model.words for model in CATALOGUE if model.words}
    for lesson in map(read_lesson, bundled_lessons()):
        labels |= {lesson.title, *(text for step in lesson.steps for text in step.texts)}
        labels |= {lesson.aim} - {""}
    for spec in action_table():
        labels |= {spec.words, spec.tip, spec.needs} - {"", *LANGUAGES.values()}
    return literals | names | labels | {os.strerror(number) for number in SYSTEM_ERRORS}


def messages(language="zh"):
    """Source, translation and state of every entry of the program's in the language's file."""
    root = ElementTree.parse(asset("translations", f"{language}.ts")).getroot()
    (own,) = (each for each in root.iter("context") if each.findtext("name") == CONTEXT)
    for message in own.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        yield message.findtext("source"), translation.text or "", translation.get("type")


TRANSLATED = {source: words for source, words, state in messages() if words and not state}


def test_every_text_is_translated():
    assert sorted(texts_of_the_code() - set(TRANSLATED)) == []


def test_no_translation_is_left_over():
    assert sorted(set(TRANSLATED) - texts_of_the_code()) == []


def test_each_text_has_one_finished_entry():
    entries = list(messages())
    assert [(source, state) for source, words, state in entries if state or not words] == []
    twice = [s for s, count in Counter(s for s, _, _ in entries).items() if count > 1]
    assert twice == []


def fields(text):
    return Counter((name, spec, how) for _, name, spec, how in Formatter().parse(text) if name)


def test_placeholders_are_the_same_formats_included():
    different = [source for source, words in TRANSLATED.items() if fields(source) != fields(words)]
    assert different == []


def test_a_translation_is_chinese_with_chinese_punctuation():
    for source, words in TRANSLATED.items():
        plain = re.sub(r"{[^}]*}", "", words)
        english = set(re.findall(r"[A-Za-z]{2,}", plain)) - set(re.findall(r"[A-Za-z]{2,}", source))
        assert not english, words
        around = rf"{CHINESE.pattern}[,;:!?]|[,;:!?]{CHINESE.pattern}"
        assert not re.search(around, words), words
        assert source.endswith("…") == words.endswith("…"), words
        assert source.startswith("&") == bool(re.search(r"\(&[A-Z]\)$", words)), words


def test_words_are_given_to_tr_as_literals():
    others = {
        ast.unparse(given)
        for given in words_given()
        if not (isinstance(given, ast.Constant) and isinstance(given.value, str))
    }
    assert others == set(NO_LITERAL)


def test_what_makes_a_sentence_is_called_by_its_own_name():
    assert list(sentences.renamed()) == []


def test_a_reason_is_a_sentence_of_its_own_not_text_of_an_error():
    """`raise ValueError("words")` in a room without Qt would stay English in the window."""
    raised = [
        (path, ast.unparse(call))
        for path, call in sentences.calls("ValueError")
        if path.startswith(("core/", "protocol/", "engine/", "app/"))
    ]
    assert raised == []


# What the window says.


def test_qts_own_sheet_for_files_speaks_chinese_too(qapp, tmp_path):  # noqa: ARG001
    (tmp_path / "folder").mkdir()
    speak("zh")
    try:
        sheet = QFileDialog(directory=str(tmp_path))
        sheet.setOption(QFileDialog.Option.DontUseNativeDialog)
        labels = {each.text() for each in sheet.findChildren(QLabel)} - {""}
        (table,) = sheet.findChildren(QTreeView)
        heads = range(table.model().columnCount())
        labels |= {table.model().headerData(k, Qt.Orientation.Horizontal) for k in heads}
        sheet.deleteLater()
    finally:
        speak("en")
    assert labels
    assert [words for words in labels if not CHINESE.search(words)] == []


@pytest.fixture
def busy(desk, settle, qtbot, own_drawings):
    """A desk on which as much as possible is said: a digit read, a unit looked at, a refusal."""
    qtbot.waitUntil(lambda: desk.window.panels.map.map is not None, timeout=60_000)
    pen.draw(desk.window.canvas, next(d for d in own_drawings if d.label == 3))
    settle()
    desk.actions["gradient"].trigger()
    desk.actions["saliency"].trigger()
    settle()
    qtbot.waitUntil(lambda: desk.window.panels.map.map is not None, timeout=20_000)
    desk.store.do(point.pin, 14)
    desk.store.do(point.pin_unit, Unit(0, 1, 20))
    why = Refused("{file} cannot be used: {reason}", file="m", reason=Refused("peepholes"))
    desk.window.banner.say(why)
    return desk


def choose(desk, name):
    """A language from the menu, and what Qt has to tell the widgets."""
    desk.actions[f"language_{name or 'system'}"].trigger()
    for _ in range(3):  # a layout within a layout takes its turn after it
        QApplication.processEvents()


def painted(window, folder):
    """Every word that is painted."""
    save_picture(window, folder / "window.svg")
    text = (folder / "window.svg").read_text(encoding="utf-8")
    return re.findall(r"<text[^>]*>([^<]*)<", text)


def held(window):
    """Every word that a widget, an action or a menu holds, shown now or not."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis())
        yield from (widget.accessibleName(), widget.accessibleDescription())
        for name in ("text", "title", "subtitle", "placeholderText"):
            told = getattr(widget, name, None)
            words = told() if callable(told) else ""
            if "<" not in words:  # an equation is HTML, and is read where it is painted
                yield words
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        if isinstance(widget, RowView | AnswerView):
            menu = widget.menu()
            yield from (action.text() for action in menu.actions())
            menu.deleteLater()
            QApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)
        if isinstance(widget, AnswerView):
            yield from widget.answer_words()
    for action in window.findChildren(QAction):
        yield from (action.text(), action.iconText(), action.toolTip(), action.statusTip())


def under_the_pointer(window):
    """Every word of the tooltips that views and panels make up for a place."""
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QToolTip, "showText", lambda _where, words, *_: said.append(words))
        for view in window.findChildren(QWidget):
            if isinstance(view, RowView | Panel) and view.isVisible():
                for across in range(4, view.width(), max(4, view.width() // 12)):
                    for down in range(4, view.height(), max(4, view.height() // 12)):
                        at = QPoint(across, down)
                        event = QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at))
                        view.event(event)  # sent, it would go on to the panel's title
    return said


def everything(window, folder):
    """Every word of the window; but for how long a reading took, which goes on changing."""
    said = {*painted(window, folder), *held(window), *under_the_pointer(window)} - {""}
    return {re.sub(r"[0-9.]+ ms", "ms", text) for text in said}


def english_in(texts):
    """The texts in which an English word is left."""
    return sorted(
        text for text in texts if set(re.findall(r"[A-Za-z][A-Za-z']+", text)) - NAMES - MODELS
    )


def chinese_in(texts):
    return sorted(text for text in texts if CHINESE.search(text) and text != LANGUAGES["zh"])


def test_switched_to_chinese_no_english_word_is_left(busy, tmp_path):
    choose(busy, "zh")
    said = everything(busy.window, tmp_path)
    assert len(chinese_in(said)) > 60
    assert english_in(said) == []


def test_switched_back_to_english_no_chinese_word_is_left(busy, tmp_path):
    before = everything(busy.window, tmp_path)
    choose(busy, "zh")
    choose(busy, "en")
    said = everything(busy.window, tmp_path)
    assert chinese_in(said) == []
    assert said == before


@in_chinese
def test_a_window_built_in_chinese_has_no_english_word(busy, tmp_path):
    assert english_in(everything(busy.window, tmp_path)) == []


def test_two_models_side_by_side_speak_it_too(busy, qtbot, tmp_path):
    busy.window.resize(1920, 1080)  # a name that is cut short is none that is known
    busy.open_model(asset("models", "lstm.onnx"), 1)
    qtbot.waitUntil(lambda: len(busy.window.reading.rows.groups) == 2, timeout=20_000)
    choose(busy, "zh")
    assert english_in(everything(busy.window, tmp_path)) == []


def test_every_sheet_that_is_open_speaks_it_too(busy, qtbot):
    for name in ("shortcuts", "about", "about_model", "tensors"):
        busy.actions[name].trigger()
    qtbot.waitUntil(lambda: busy.watching.sheet is not None, timeout=20_000)
    missed = busy.models.loaded[0]
    busy.model_sheets._show_report(some_report(missed.card.name))
    choose(busy, "zh")
    qtbot.waitUntil(lambda: "张量" in busy.watching.sheet.windowTitle(), timeout=20_000)
    assert len(busy.window.findChildren(QDialog)) >= 5
    # A model's own names, of tensors and operators, are what they are.
    names = {w for sheet in (busy.watching.sheet, busy.model_sheets.sheet)
             for table in sheet.findChildren(QTableWidget) for w in table_words(table)}  # fmt: skip
    assert english_in(set(held(busy.window)) - names - own_names(busy)) == []


def some_report(name):
    from rnn_desk.protocol.report import Condition, Report

    return Report(
        name,
        ("0",),
        20,
        (Condition(Refused("as they are"), 0.9),),
        np.zeros((1, 1), np.intp),
        (),
    )


def table_words(table):
    return {
        table.item(row, column).text()
        for row in range(table.rowCount())
        for column in range(table.columnCount())
    }


def own_names(desk):
    """What the sheet on the model tells in the file's own words."""
    labels = desk.model_sheets.sheet.findChildren(QLabel)
    return {label.text() for label in labels if "LSTM" in label.text() or ".onnx" in label.text()}


def test_before_a_model_is_there_it_speaks_too(make_desk, qtbot, tmp_path):
    desk = make_desk(AppState())
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    desk.window.header.show_opening("lstm")
    for name, first in (("zh", "正在打开 lstm…"), ("en", "opening lstm…")):
        choose(desk, name)
        assert desk.window.header.accuracy.text() == first
        wrong = english_in if name == "zh" else chinese_in
        assert wrong(everything(desk.window, tmp_path)) == []


def test_the_text_fits_where_it_is_painted(busy):
    for name in ("zh", "en"):
        choose(busy, name)
        for view in busy.window.reading.rows.views():
            for text in (view.title(), view.subtitle()):
                layout = set_in_a_line(text, view.font())  # to be kept: a line is a part of it
                # Qt rounds up what is above the line and what is below.
                assert layout.lineAt(0).height() <= view.axis.line + 1
            assert view.fontMetrics().horizontalAdvance(view.subtitle()) <= view.width()
        words = busy.window.reading.words
        assert words.fontMetrics().horizontalAdvance(words.text()) <= words.width()
        assert busy.window.minimumSizeHint().height() <= 768


def set_in_a_line(text, font):
    """The text as Qt sets it, letters of other fonts included where the font lacks some."""
    layout = QTextLayout(text.replace("\n", " "), font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout


# Choosing.


def checked(desk):
    return [name for name in ("system", *LANGUAGES) if desk.actions[f"language_{name}"].isChecked()]


def test_the_language_is_remembered(make_desk, tmp_path):
    path = tmp_path / "settings.json"
    desk = make_desk(AppState(), path)
    assert checked(desk) == ["system"]
    choose(desk, "zh")
    assert checked(desk) == ["zh"]
    desk.window.close()
    assert settings.load(path).look.language == "zh"
    again = make_desk(settings.load(path), path)
    assert checked(again) == ["zh"]
    choose(again, "")
    again.window.close()
    assert settings.load(path).look.language == ""


def test_what_the_command_line_says_holds_for_its_run_alone(make_desk, tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"language": "zh"}', encoding="utf-8")
    desk = make_desk(AppState(look=Look(language="en")), path)
    assert checked(desk) == ["en"]
    desk.actions["theme_dark"].trigger()
    desk.window.close()
    assert settings.load(path).look == Look("dark", "zh")


def test_what_a_person_chooses_is_remembered_whatever_the_command_line_says(make_desk, tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"language": "zh"}', encoding="utf-8")
    desk = make_desk(AppState(look=Look(language="en")), path)
    choose(desk, "")
    desk.window.close()
    assert settings.load(path).look.language == ""


@pytest.mark.parametrize(
    ("asked", "kept", "word"),
    [(None, "", "File"), (None, "zh", "文件"), ("en", "zh", "File"), ("zh", "en", "文件")],
)
def test_the_program_starts_in_the_language_asked_for_or_kept(asked, kept, word, monkeypatch):
    monkeypatch.setattr(settings, "load", lambda _: AppState(look=Look(language=kept)))
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("en"))
    monkeypatch.setattr(program.startup, "screen", nullcontext)
    said = []

    class Stopped(Exception):
        pass

    def no_desk(*_, **__):
        said.append(tr("&File"))
        raise Stopped

    monkeypatch.setattr(program, "Shell", no_desk)
    monkeypatch.setattr(program.log, "kept", lambda _: nullcontext(()))
    with pytest.raises(Stopped):
        program.run(Asked(device="cpu", language=asked), signals=None)
    assert word in said[0]


@pytest.mark.parametrize(
    ("system", "word"), [("zh_CN", "文件"), ("zh_TW", "文件"), ("de_DE", "File"), ("C", "File")]
)
@pytest.mark.parametrize("asked", [None, "", "xx"])
def test_without_a_language_that_is_spoken_the_systems_holds(system, word, asked, monkeypatch):
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    speak(asked)
    assert word in tr("&File")


@in_chinese
def test_qts_own_words_are_translated_and_none_is_lost(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "取消"
    # Qt has no Chinese for this one: it is empty where our translator answers for Qt's context.
    assert QKeySequence("F11").toString(QKeySequence.SequenceFormat.NativeText) == "F11"


# Sentences, to the last reason within them.


@in_chinese
def test_a_reason_within_a_refusal_is_translated():
    inner = Refused("it has {count} inputs, and a reader of pictures has one", count=2)
    said = sentence(Refused("{file} cannot be used: {reason}", file="甲", reason=inner))
    assert said == "无法使用 甲：它有 2 个输入，而读图的模型应只有一个"


@in_chinese
def test_the_operating_systems_reason_is_translated():
    reason = os.strerror(errno.ENOSPC)
    said = sentence(Refused("{file} cannot be written: {reason}", file="甲", reason=reason))
    assert said == "无法写入 甲：磁盘空间不足"


@in_chinese
def test_an_unknown_reason_is_said_as_it_is():
    said = sentence(Refused("{file} cannot be read: {reason}", file="甲", reason="fsck 7"))
    assert said == "无法读取 甲：fsck 7"


def model_file(path, nodes, metadata=None, inputs=("x",)):
    entries = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, 28, 28]) for n in inputs]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    model = helper.make_model(helper.make_graph(nodes, "g", entries, [output]))
    helper.set_model_props(model, metadata or {})
    onnx.save(model, path)
    return path


@pytest.mark.parametrize(
    "metadata", [{}, {"rnn_desk.card": "{"}, {"rnn_desk.card": "[]"}, {"rnn_desk.card": "{}"}]
)
@in_chinese
def test_a_refused_model_is_explained_in_chinese_alone(tmp_path, metadata):
    node = helper.make_node("ReduceMax", ["x"], ["y"], keepdims=0)
    path = model_file(tmp_path / "1.onnx", [node], metadata)
    with pytest.raises(Refused) as caught:
        open_reader(path, CPU)
    said = sentence(caught.value).replace(str(path), "")
    assert not set(re.findall(r"[A-Za-z]{2,}", said)) - {
        *NAMES,
        "JSON",
        "None",
        "rnn",
        "desk",
        "train",
    }, said


@in_chinese
def test_what_an_operator_has_beyond_the_plain_cell_is_listed_in_chinese(tmp_path):
    node = helper.make_node("LSTM", ["x", "w", "r"], ["y"], hidden_size=3, clip=1.0, input_forget=1)
    weights = [helper.make_tensor(name, TensorProto.FLOAT, [1], [0.0]) for name in "wr"]
    path = model_file(tmp_path / "1.onnx", [node])
    model = onnx.load(path)
    model.graph.initializer.extend(weights)
    (operator,) = dissection.dissect(model).recurrent
    assert str(operator.nonstandard) == "a clip and an input gate coupled to the forget gate"
    assert sentence(operator.nonstandard) == "截断（clip）、与遗忘门耦合的输入门"


# Letters.


@in_chinese
def test_every_letter_has_a_shape(qapp):
    """A font without a letter shows a box: its glyph 0."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        pytest.skip("no font here has Chinese letters")
    for words in TRANSLATED.values():
        layout = set_in_a_line(words, qapp.font())
        glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
        assert glyphs
        assert 0 not in glyphs, words


@pytest.mark.usefixtures("qapp")
def test_on_no_screen_a_font_that_the_system_has_stands_for_linuxs():
    assert _desktop_fonts("offscreen", "win32") == ["Segoe UI"]
    assert _desktop_fonts("offscreen", "darwin") == ["Helvetica Neue"]
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    assert _desktop_fonts("offscreen", "linux") == _desktop_fonts("windows", "win32") == general


def test_english_gets_the_desktops_font_back(qapp):
    before = qapp.font()
    speak("zh")
    assert qapp.font().pointSizeF() == before.pointSizeF()
    if any(map(QFontDatabase.hasFamily, FONTS["zh"])):
        assert qapp.font().families()[0] in FONTS["zh"]
    speak("en")
    assert qapp.font().families() == before.families()


def test_every_widget_gets_the_languages_font(busy):
    choose(busy, "zh")
    families = QApplication.font().families()
    window = busy.window
    for widget in (window.header.model, window.reading.rows.seen, window.answer, window.canvas):
        assert widget.font().families() == families
    label = window.panels.unit.hint
    assert label.font().families() == families


def test_presenting_keeps_its_size_and_takes_the_languages_font(make_desk):
    desk = make_desk(AppState())
    size = desk.window.font().pointSizeF()
    desk.actions["present"].trigger()
    larger = desk.window.answer.font().pointSizeF()
    assert larger > size
    choose(desk, "zh")
    assert desk.window.answer.font().families() == QApplication.font().families()
    assert desk.window.answer.font().pointSizeF() == larger
    desk.actions["present"].trigger()
    assert desk.window.answer.font().families() == QApplication.font().families()
    assert desk.window.answer.font().pointSizeF() == size
