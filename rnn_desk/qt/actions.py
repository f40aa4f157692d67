"""Everything that can be done, as data: menus, buttons and shortcuts come from this one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from rnn_desk.app.lessons import lessons
from rnn_desk.app.view_table import VIEWS
from rnn_desk.qt.look.language import LANGUAGES
from rnn_desk.qt.look.plain import Action, set_tip
from rnn_desk.qt.look.words import tr


@dataclass(frozen=True)
class MenuSpec:
    """One menu: its name in the code, its words, the menu that it is in, if any, and the action of
    that one before which it stands; without one, at the end."""

    name: str
    words: str
    within: str = ""
    before: str = ""


def menu_table() -> tuple[MenuSpec, ...]:
    """All menus, from left to right."""
    return (
        MenuSpec("file", tr("&File")),
        MenuSpec("recent", tr("Open recent model"), within="file", before="about_model"),
        MenuSpec("edit", tr("&Edit")),
        MenuSpec("rows", tr("&Rows")),
        MenuSpec("lab", tr("&Lab")),
        MenuSpec("lessons", tr("&Teach")),
        MenuSpec("view", tr("&View")),
        MenuSpec("language", tr("Language"), within="view", before="present"),
        MenuSpec("help", tr("&Help")),
    )


@dataclass(frozen=True)
class ActionSpec:
    """One action: its name in the code, its words, its menu, its shortcuts, its tooltip.

    one_of: the name of the choice that it is an option of; one of these is chosen at a time. apart:
    a line in the menu sets it and those after it apart from those before. needs: what is said to
    whoever presses its key while it cannot be done.
    """

    name: str
    words: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    checkable: bool = False
    one_of: str = ""
    apart: bool = False
    needs: str = ""


def action_table() -> tuple[ActionSpec, ...]:
    """All actions, in the order of the menus."""
    return (
        ActionSpec("open_model", tr("Open model…"), "file", ("Ctrl+O",), tr("Open an ONNX file")),
        ActionSpec("about_model", tr("About this model…"), "file", ("Ctrl+I",)),
        ActionSpec(
            "open_drawing", tr("Open drawing or picture…"), "file", ("Ctrl+Shift+O",), apart=True
        ),
        ActionSpec(
            "save_drawing",
            tr("Save drawing…"),
            "file",
            ("Ctrl+S",),
            needs=tr("Draw something first"),
        ),
        ActionSpec(
            "open_desk",
            tr("Open desk…"),
            "file",
            tip=tr("Open a desk that was saved: drawing, models and all"),
            apart=True,
        ),
        ActionSpec(
            "save_desk",
            tr("Save desk…"),
            "file",
            tip=tr("Save how the desk stands, with its models, as one file"),
        ),
        ActionSpec(
            "save_trace", tr("Save the reading's numbers…"), "file", ("Ctrl+E",), apart=True
        ),
        ActionSpec("save_picture", tr("Save the window's picture…"), "file", ("Ctrl+Shift+E",)),
        ActionSpec("save_animation", tr("Save the reading as an animation…"), "file"),
        ActionSpec("save_view", tr("Save this view…"), "file", ("Ctrl+Shift+S",)),
        ActionSpec(
            "recover",
            tr("Bring the desk back after a crash"),
            "file",
            tip=tr("Keep what is on the desk in a file until the program ends as it should"),
            checkable=True,
            apart=True,
        ),
        ActionSpec(
            "forget",
            tr("Forget everything…"),
            "file",
            tip=tr("Remove what the program remembers of the files that were opened here"),
        ),
        ActionSpec("quit", tr("Quit"), "file", ("Ctrl+Q",), apart=True),
        ActionSpec(
            "undo",
            tr("Undo"),
            "edit",
            ("Ctrl+Z",),
            tr("Take the last step back"),
            needs=tr("There is no step to take back"),
        ),
        ActionSpec(
            "redo",
            tr("Redo"),
            "edit",
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            tr("Redo the step that was undone"),
            needs=tr("There is no undone step to redo"),
        ),
        ActionSpec(
            "clear",
            tr("Clear"),
            "edit",
            ("Del", "Backspace"),
            tr("Empty the canvas"),
            needs=tr("The canvas is empty"),
        ),
        ActionSpec(
            "copy_picture",
            tr("Copy the picture"),
            "edit",
            ("Ctrl+C",),
            tr("Copy the picture of the view that has the focus"),
            apart=True,
        ),
        ActionSpec(
            "copy_numbers",
            tr("Copy the numbers"),
            "edit",
            ("Ctrl+Shift+C",),
            tr("Copy the numbers of the view that has the focus"),
        ),
        ActionSpec(
            "paste",
            tr("Paste"),
            "edit",
            ("Ctrl+V",),
            tr("Put the clipboard's picture or file on the canvas"),
        ),
        ActionSpec(
            "next_digit",
            tr("Next reference digit"),
            "edit",
            ("D",),
            tr("Put a drawing that ships with the program on the canvas: 0, 1, 2 and so on"),
            apart=True,
        ),
        ActionSpec(
            "replay",
            tr("Replay the strokes"),
            "edit",
            ("R",),
            tr("Draw it once more as it was drawn, the network reading along"),
            checkable=True,
            needs=tr("Draw something first"),
        ),
        ActionSpec(
            "pen", tr("Pen"), "edit", ("P",), tr("Draw"), checkable=True, one_of="tool", apart=True
        ),
        ActionSpec(
            "eraser",
            tr("Eraser"),
            "edit",
            ("E",),
            tr("Erase; so does the right mouse button"),
            checkable=True,
            one_of="tool",
        ),
        ActionSpec("row_first", tr("First row"), "rows", ("Home",)),
        ActionSpec("row_up", tr("One row up"), "rows", ("Up", "PgUp", "Left")),
        ActionSpec("row_down", tr("One row down"), "rows", ("Down", "PgDown", "Right")),
        ActionSpec("row_last", tr("Last row"), "rows", ("End",)),
        ActionSpec("row_all", tr("All rows"), "rows", ("Esc",), tr("Read the whole picture")),
        ActionSpec("unit_left", tr("Unit to the left"), "rows", ("Ctrl+Left",), apart=True),
        ActionSpec("unit_right", tr("Unit to the right"), "rows", ("Ctrl+Right",)),
        ActionSpec("layer_before", tr("Layer before"), "rows", ("Ctrl+Up",)),
        ActionSpec("layer_after", tr("Layer after"), "rows", ("Ctrl+Down",)),
        ActionSpec(
            "play",
            tr("Play or pause"),
            "rows",
            ("Space",),
            tr("Watch the network read, row by row"),
            checkable=True,
            apart=True,
        ),
        ActionSpec("slower", tr("Slower"), "rows", ("-",)),
        ActionSpec("faster", tr("Faster"), "rows", ("+", "=")),
        *(
            ActionSpec(spec.name, tr(spec.words), "view", (spec.key,), tr(spec.tip), checkable=True)
            for spec in VIEWS
        ),
        ActionSpec(
            "tensors",
            tr("Other tensors…"),
            "view",
            ("Ctrl+T",),
            tr("Show other tensors of the network beside its layers"),
            apart=True,
        ),
        ActionSpec("show_lab", tr("Show the lab"), "lab", ("L",)),
        ActionSpec(
            "cover_row",
            tr("Cover the row"),
            "lab",
            ("C",),
            tr("Cover the row looked at; or drag over the row numbers"),
            checkable=True,
            apart=True,
            needs=tr("Choose a row first"),
        ),
        ActionSpec(
            "shuffle_rows",
            tr("Shuffle the rows"),
            "lab",
            ("H",),
            tr("Read the rows in another order, always the same"),
            checkable=True,
        ),
        ActionSpec(
            "unit_off",
            tr("Switch the unit off"),
            "lab",
            ("O",),
            tr("Hold the marked unit's hidden state at 0"),
            checkable=True,
            needs=tr("Choose a unit of the first model first; the lab says where it has none"),
        ),
        ActionSpec(
            "forget_state",
            tr("Forget the state here"),
            "lab",
            ("Z",),
            tr("Set the layer's whole state to 0 after the row looked at; choose a row first"),
            checkable=True,
            needs=tr("Choose a row first; the lab says where the model has no state"),
        ),
        ActionSpec(
            "reset_lab",
            tr("Reset the lab"),
            "lab",
            ("Ctrl+R",),
            tr("Undo everything that is done in the lab"),
            apart=True,
            needs=tr("Nothing is done in the lab"),
        ),
        *(
            ActionSpec(f"lesson_{lesson.name}", tr(lesson.title), "lessons", checkable=True)
            for lesson in lessons()
        ),
        ActionSpec(
            "lesson_next",
            tr("Next"),
            "lessons",
            ("PgDown",),
            tr("The lesson's next step"),
            apart=True,
            needs=tr("This is the lesson's last step"),
        ),
        ActionSpec(
            "lesson_back",
            tr("Back"),
            "lessons",
            ("PgUp",),
            tr("The step before"),
            needs=tr("This is the lesson's first step"),
        ),
        ActionSpec(
            "lesson_close",
            tr("Close"),
            "lessons",
            ("Shift+Esc",),
            tr("Close the lesson; the desk is then as it was before"),
            needs=tr("No lesson is open"),
        ),
        ActionSpec(
            "theme_system",
            tr("Follow the system"),
            "view",
            checkable=True,
            one_of="theme",
            apart=True,
        ),
        ActionSpec("theme_light", tr("Light colours"), "view", checkable=True, one_of="theme"),
        ActionSpec("theme_dark", tr("Dark colours"), "view", checkable=True, one_of="theme"),
        ActionSpec(
            "theme_contrast_light",
            tr("High contrast, light"),
            "view",
            checkable=True,
            one_of="theme",
        ),
        ActionSpec(
            "theme_contrast_dark", tr("High contrast, dark"), "view", checkable=True, one_of="theme"
        ),
        ActionSpec(
            "present",
            tr("Present"),
            "view",
            ("F11",),
            tr("Fill the screen, with letters for the back row"),
            checkable=True,
            apart=True,
        ),
        ActionSpec("reset_layout", tr("Reset the layout"), "view"),
        ActionSpec(
            "language_system",
            tr("Follow the system"),
            "language",
            checkable=True,
            one_of="language",
        ),
        *(
            ActionSpec(f"language_{code}", name, "language", checkable=True, one_of="language")
            for code, name in LANGUAGES.items()
        ),
        ActionSpec("shortcuts", tr("Keyboard shortcuts"), "help", ("F1",)),
        ActionSpec("about", tr("About RNN Desk"), "help"),
    )


def make_actions(owner: QObject, table: Iterable[ActionSpec]) -> dict[str, QAction]:
    """The actions of the table by name; they do nothing yet."""
    actions: dict[str, QAction] = {}
    choices: dict[str, QActionGroup] = {}
    for spec in table:
        action = Action(parent=owner)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        put_words(action, spec)
        action.setCheckable(spec.checkable)
        if spec.one_of:
            choices.setdefault(spec.one_of, QActionGroup(owner)).addAction(action)
        actions[spec.name] = action
    return actions


def connect_actions(
    actions: Mapping[str, QAction], commands: Iterable[Mapping[str, Callable[[], object]]]
) -> None:
    """Have each action do the one command of its name; ValueError where there is none, or two."""
    given = [(name, command) for group in commands for name, command in group.items()]
    if sorted(name for name, _ in given) != sorted(actions):
        raise ValueError("there is not exactly one command for each action")
    for name, command in given:
        actions[name].triggered.connect(_without_arguments(command))


def put_words(action: QAction, spec: ActionSpec) -> None:
    """Give an action its words, in the language of the table that the spec is from."""
    action.setText(spec.words)
    keys = QKeySequence(spec.shortcuts[0]).toString(_NATIVE) if spec.shortcuts else ""
    tip = spec.tip or spec.words.rstrip("…")
    set_tip(action, f"{tip} ({keys})" if keys else tip)


_NATIVE = QKeySequence.SequenceFormat.NativeText


def _without_arguments(command: Callable[[], object]) -> Callable[..., None]:
    """Qt hands `checked` to a slot that takes it; ours take nothing."""

    def called(*_: object) -> None:
        command()

    return called
