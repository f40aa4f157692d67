"""The window: lays everything out and hands on what is to be shown. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QFontDatabase,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from rnn_desk.app.action_table import action_table
from rnn_desk.app.state import Layout
from rnn_desk.assets_door import BundledModel
from rnn_desk.core.alphabet import Alphabet, alphabet_of
from rnn_desk.core.trace import Trace
from rnn_desk.protocol.model import Model
from rnn_desk.qt.actions import menu_table, put_words
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.images.animation import picture_of
from rnn_desk.qt.images.offered import is_for_us
from rnn_desk.qt.platform.identity import APP_NAME
from rnn_desk.qt.style.icons import app_icon, set_icons
from rnn_desk.qt.style.plain import set_title
from rnn_desk.qt.style.pointer import ring_cursor
from rnn_desk.qt.style.themed import Themed
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.answer import AnswerView
from rnn_desk.qt.views.facts import facts_of
from rnn_desk.qt.window.canvas_panel import CanvasPanel
from rnn_desk.qt.window.collect_strip import CollectStrip
from rnn_desk.qt.window.docks import Docks
from rnn_desk.qt.window.header import Header
from rnn_desk.qt.window.lesson_strip import LessonStrip
from rnn_desk.qt.window.menus import make_menus
from rnn_desk.qt.window.message_bar import MessageBar
from rnn_desk.qt.window.panels import Panels
from rnn_desk.qt.window.reading_panel import ReadingPanel
from rnn_desk.qt.window.speaker import SpeakerNotes
from rnn_desk.qt.window.spotlight import Spotlight
from rnn_desk.qt.window.turns import Turns, When

if TYPE_CHECKING:  # loaded when the first lesson is written
    from rnn_desk.qt.window.lesson_editor import LessonEditor

EDITOR_WIDTH = 330
"""Pixels that the editor of lessons takes at first."""

EDGE = 14
"""Pixels between the window's edge and what is in it."""


WIDTHS = (300, 800, 170)
"""Pixels of the canvas, the reading and the answer at the first start, and their proportions."""

_TAKES_KEYS = (QAbstractButton, QComboBox)
_KEYS_TAKEN = (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down)


TWO_MODELS_CANVAS = 0.74
"""The part of its width that the canvas keeps where two models are compared."""

POINTS_PER_INCH = 72

PRESENT_PART = 1 / 40
"""Of the screen's height, what letters are high while presenting: to be read from the back row."""


POINTER_PART = 1 / 14
"""Of the screen's height, the pointer while presenting."""


class Window(Themed, QMainWindow):
    """The desk, from left to right: the canvas, the reading row by row, the answer."""

    dropped = Signal(object)
    """The QMimeData that was dropped on the window."""
    save_wanted = Signal(object)
    """A View is to be saved as a file."""
    close_wanted = Signal(object)
    """A QCloseEvent, which whoever wants the window to stay open ignores."""
    closing = Signal()

    def __init__(
        self,
        store: QtStore,
        actions: Mapping[str, QAction],
        models: tuple[BundledModel, ...],
    ) -> None:
        super().__init__()
        self._actions = actions
        self.theme_changed()  # first, as buttons are as large as their icons
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.header = Header(
            models,
            (actions["open_model"], actions["about_model"]),
            [actions[a.name] for a in action_table() if a.menu == "lessons"],
        )
        self.banner = MessageBar()
        self.lesson = LessonStrip(store, actions)
        self.speaker = SpeakerNotes(self)
        self._points_large = False
        self.collect = CollectStrip(store, actions)
        self.canvas_panel = CanvasPanel(store, actions)
        self.canvas = self.canvas_panel.canvas
        self.reading = ReadingPanel(store, actions)
        self.answers = [AnswerView(store), AnswerView(store)]
        self.panels = Panels(store)
        self.turns = Turns([panel for panel in self.panels if panel.takes_turns], self)
        self._store = store
        self._ready = False
        self._alphabet: Alphabet = "digits"
        self._document: tuple[Path | None, bool] = (None, False)
        self._canvas_alone: int | None = None
        self._traces: tuple[Trace, ...] = ()
        self._elsewhere: Trace | None = None
        self.shared_out = False
        self._lay_out()
        self.menus = make_menus(self, actions)
        for window in (self, self.speaker):  # keys do the same in either
            window.addActions(list(actions.values()))
        self.docks = Docks(self, self.panels, self.menus["view"], store)
        self._editor_dock = self._dock_of_editor()
        self.reading.rows.save_wanted.connect(self.save_wanted)
        self.reading.rows.copied.connect(self.header.passing.say)
        self.spotlight = Spotlight(store, self.reading.rows, self)
        self.reading.rows.alone_wanted.connect(self.spotlight.show_alone)
        for view in (self.canvas, *self.answers, *self.panels):
            view.save_wanted.connect(self.save_wanted)
            view.copied.connect(self.header.passing.say)
            view.alone_wanted.connect(self.spotlight.show_alone)
        self.set_words()
        self._as_built = self.docks.saved()

    def sizeHint(self) -> QSize:
        return QSize(1280, 760)

    def present(self, on: bool) -> None:
        """Fill the screen, with larger letters; or as before."""
        self.enlarge(on)
        full = Qt.WindowState.WindowFullScreen  # and maximised or not, as it was
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)
        self.speaker.present(on, self.screen())
        self._point_large(on)
        if on:
            self.docks.make_way()
            self.header.passing.say(tr("Esc ends Present"))
        else:
            self.docks.come_back()

    def _point_large(self, on: bool) -> None:
        """Point with a ring that a projector shows; or as before."""
        if self._points_large:
            QApplication.restoreOverrideCursor()
        self._points_large = on
        if on:
            size = round(self.screen().geometry().height() * POINTER_PART)
            QApplication.setOverrideCursor(ring_cursor(self.theme, size))

    def show_writing(self, panel: QWidget | None) -> None:
        """Have the middle of the window there for what is written, and the panels away; or, for
        None, for what is read, as before."""
        self.spotlight.give_back()
        self.reading.show_writing(panel)
        if panel is not None:
            self.docks.put_away()
        else:
            self.docks.bring_back()
        self._set_hints()

    def show_answer_to(self, trace: Trace | None) -> None:
        """Show the first model's answer to something else than lies on the canvas; or, for None,
        to that again."""
        self._elsewhere = trace
        self._show_answers(self._traces)

    def enlarge(self, on: bool, height: int | None = None) -> None:
        """Set all words in letters for a screen of that height, without one for this screen; or as
        before."""
        font = QFont(QApplication.font())
        usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
        if on:
            pixels = (height or self.screen().geometry().height()) * PRESENT_PART
            usual = max(usual, pixels * POINTS_PER_INCH / self.logicalDpiY())
        font.setPointSizeF(usual)
        # All the height is for what is shown: the menus' keys are the window's, too.
        self.menuBar().setVisible(not on)
        self.docks.show_titles(not on)
        QApplication.setFont(font)  # as a window's does not pass its style sheet
        self.restyle()

    def show_models(self, models: tuple[Model, ...]) -> None:
        """Other models read: make room for what they have, and say what they are."""
        first = models[0]
        self.header.show_models(
            tuple(model.card.name for model in models),
            first.card.accuracies.get("mnist_test"),
            first.findings.reference_accuracy,
            first.card.input,
            first.findings.unchecked is None,
            alphabet_of(first.card.classes) == "letters",
        )
        self.header.show_files(tuple(model.path for model in models))
        self.show_device(models)
        self.reading.rows.set_models(tuple(facts_of(model) for model in models))
        self._set_up_answers(models)
        self._make_room(len(models))
        for panel in self.panels:
            panel.show_models(models)
        self.docks.show_models(models)
        self._ready = True
        self._alphabet = alphabet_of(first.card.classes)
        self._set_hints()

    @cached_property
    def editor(self) -> LessonEditor:
        """What a lesson of the person's own is edited in, made when the first one is: few ever
        write one, and a start would take a good part longer."""
        from rnn_desk.qt.window.lesson_editor import LessonEditor

        made = LessonEditor(self._store, self._actions)
        holder = self._editor_dock.widget()
        assert isinstance(holder, QScrollArea)
        holder.setWidget(made)
        return made

    def show_editor(self, on: bool) -> None:
        """A lesson of the person's own is edited at the side, or none is."""
        if on != self._editor_dock.isHidden():
            return
        editor = self.editor if on else None
        self._editor_dock.setVisible(on)
        if editor is not None:
            side = Qt.Orientation.Horizontal
            self.resizeDocks([self._editor_dock], [EDITOR_WIDTH], side)
            editor.words.setFocus()

    def show_document(self, file: Path | None, changed: bool) -> None:
        """This file is what lies on the desk, but for changes, if there are any."""
        if (file, changed) == self._document:
            return
        self._document = file, changed
        self.setWindowFilePath("" if file is None else str(file))
        self._set_title()
        self.setWindowModified(changed)

    def show_device(self, models: tuple[Model, ...]) -> None:
        """These models run on another device, and are the same otherwise."""
        first = models[0]
        self.header.show_device(first.device.name, first.device.label, first.placement)

    def show_traces(
        self,
        traces: tuple[Trace, ...],
        beside: tuple[Trace, ...] = (),
        when: When = "at once",
    ) -> None:
        """Hand a Trace of each model, or none, to every view; those beside, for their gradients.

        when: to the panels that take turns.
        """
        self.canvas.show_trace(traces[0] if traces else None)
        self.reading.show_traces(traces, beside)
        self._show_answers(traces)
        for panel in self.panels:
            if not panel.takes_turns:
                panel.show_traces(traces)
        self.turns.show(traces, when)

    def theme_changed(self) -> None:
        set_icons(self._actions, self.theme)
        self.setStyleSheet(self.theme.style_sheet())

    def restyle(self) -> None:
        """Set the style sheet again: a new font, and new names of the panels' buttons, come with it
        only."""
        self.setStyleSheet(self.styleSheet())

    def set_words(self) -> None:
        """Set the words of all that has no class of its own, and of the docks."""
        for menu in menu_table():
            self.menus[menu.name].setTitle(menu.words)
        for action in action_table():
            put_words(self._actions[action.name], action)
        self.docks.set_words()
        set_title(self._editor_dock, tr("Your own lesson"))
        self._set_title()
        self._set_hints()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.shared_out:  # only now is the window's size known
            self.shared_out = True
            self.docks.share_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.set_words()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave Space and the arrows to a button or a choice that has the focus, and Esc to the
        full screen where it has nothing else to do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = self.focusWidget()
            taken = isinstance(focus, _TAKES_KEYS) and event.key() in _KEYS_TAKEN
            leaves = self._esc_leaves or self.spotlight.view is not None
            if taken or (event.key() == Qt.Key.Key_Escape and leaves):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.spotlight.view is not None:
            self.spotlight.give_back()
        elif event.key() == Qt.Key.Key_Escape and self._esc_leaves:
            self._actions["present"].trigger()
        elif needed := self._needed_for(QKeySequence(event.keyCombination())):
            self.header.passing.say(needed)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on; but where the focus has to go, as what had it is gone, it goes to the canvas
        and not to a button, which would take Space."""
        focus = self.focusWidget()
        if focus is None or (focus.isVisible() and focus.isEnabled()):
            return super().focusNextPrevChild(forward)
        self.canvas.setFocus()
        return True

    def _needed_for(self, keys: QKeySequence) -> str:
        """What is missing for the action of these keys; "" where none is of them, or it is not
        known. An action that could be done has been by now."""
        specs = (a for a in action_table() if keys in self._actions[a.name].shortcuts())
        return next((tr(spec.needs) for spec in specs if spec.needs), "")

    @property
    def _esc_leaves(self) -> bool:
        """Whether Esc leaves the full screen: nothing is pinned, replayed or complained of."""
        done = self._actions["replay"].isChecked() or self.banner.isVisible()
        return self.isFullScreen() and not done and self._store.state.pointed.pinned is None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_for_us(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_wanted.emit(event)
        if event.isAccepted():
            self._point_large(on=False)
            self.closing.emit()
            super().closeEvent(event)

    @property
    def answer(self) -> AnswerView:
        """The first model's answer."""
        return self.answers[0]

    def reading_picture(self) -> QImage:
        """The drawing, the rows and the answers as they stand, without the controls."""
        views = [self.canvas, self.reading.middle, *(a for a in self.answers if a.isVisible())]
        return picture_of(views, self.theme.window)

    @property
    def columns(self) -> bytes:
        """How wide the canvas, the reading and the answer are, in Qt's own words."""
        return bytes(self._splitter.saveState().data())

    def layout_words(self) -> tuple[bytes, bytes, bytes]:
        """Where the window, its panels and its columns are, in Qt's own words."""
        return bytes(self.saveGeometry().data()), self.docks.saved(), self.columns

    def restore_layout(self, layout: Layout) -> None:
        """Put all of it where it was; words that Qt does not know change nothing."""
        self.restoreGeometry(layout.geometry)
        # Nobody presents yet, in whatever state the window was closed.
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)
        self.shared_out = self.restoreState(layout.panels)
        self._splitter.restoreState(layout.columns)

    def restoreState(
        self,
        state: QByteArray | bytes | bytearray | memoryview,
        version: int | None = None,
    ) -> bool:
        """As Qt has it; but the editor is there where a lesson is edited, and nowhere else."""
        done = super().restoreState(state, version or 0)
        self._editor_dock.setVisible(self._store.state.authoring.draft is not None)
        return done

    def reset_layout(self) -> None:
        """Every panel where it was at the first start, and as wide."""
        self.docks.arrange(self._as_built)
        self._splitter.setSizes(list(WIDTHS))
        self.docks.share_out()

    def _dock_of_editor(self) -> QDockWidget:
        """The holder of the editor, at the right."""
        dock = QDockWidget(self)
        dock.setObjectName("lesson_editor")
        dock.setFeatures(dock.DockWidgetFeature.DockWidgetMovable)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dock.setWidget(scroll)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        dock.hide()
        return dock

    def _set_title(self) -> None:
        """Name the file, or what is in none; Qt adds the program's name, and marks the changes."""
        file, changed = self._document
        if file is None and not changed:
            set_title(self, APP_NAME)
        else:
            set_title(self, tr("New drawing") if file is None else file.name, marks_changes=True)

    def _set_hints(self) -> None:
        """What the empty canvas and the empty answer say."""
        here, short = {
            "digits": (tr("Draw a digit here"), tr("Draw a digit")),
            "letters": (tr("Draw a letter here"), tr("Draw a letter")),
            "both": (tr("Draw a digit or a letter here"), tr("Draw a digit or a letter")),
            "others": (tr("Draw here"), tr("Draw something")),
        }[self._alphabet]
        if self._store.state.writing.on:
            self.canvas.set_hint(tr("Begin a digit between the lines: it is ended nine times"))
        else:
            self.canvas.set_hint(f"{here}\n{tr('or drop a picture of one')}")
        for view in self.answers:
            view.set_hint(short if self._ready else tr("loading the model…"))

    def _make_room(self, models: int) -> None:
        """Two models get a part of the canvas's width; where one is left, it gets it back."""
        canvas, reading, answers = self._splitter.sizes()
        if models > 1 and self._canvas_alone is None:
            self._canvas_alone = canvas
            wanted = round(canvas * TWO_MODELS_CANVAS)
        elif models == 1 and self._canvas_alone is not None:
            wanted, self._canvas_alone = self._canvas_alone, None
        else:
            return
        self._splitter.setSizes([wanted, reading + canvas - wanted, answers])

    def _show_answers(self, traces: tuple[Trace, ...]) -> None:
        self._traces = traces
        if self._elsewhere is not None:
            traces = (self._elsewhere,)
        for place, view in enumerate(self.answers):
            view.show_trace(traces[place] if place < len(traces) else None)

    def _set_up_answers(self, models: tuple[Model, ...]) -> None:
        for place, view in enumerate(self.answers):
            view.setVisible(place < len(models))
            if place < len(models):
                mark = "AB"[place] if len(models) > 1 else ""
                view.set_model(models[place].card.classes, mark)

    def _lay_out(self) -> None:
        answers = QWidget()
        column = QVBoxLayout(answers)
        column.setContentsMargins(0, 0, 0, 0)
        for view in self.answers:
            column.addWidget(view)
        self.answers[1].hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(EDGE)
        for place, (widget, stretch) in enumerate(
            ((self.canvas_panel, 22), (self.reading, 64), (answers, 14))
        ):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(place, stretch)
        self._splitter.setSizes(list(WIDTHS))
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(EDGE, EDGE // 2, EDGE, EDGE)
        layout.setSpacing(EDGE)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self.lesson)
        layout.addWidget(self.collect)
        layout.addWidget(self._splitter, 1)
        self.setCentralWidget(middle)
        self.canvas.setFocus()  # so that the row keys work at once
