"""The sheet of all keys, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from rnn_desk.app.action_table import action_table
from rnn_desk.app.action_table.spec import ActionSpec
from rnn_desk.qt.actions import menu_table
from rnn_desk.qt.dialogs.sheet import Sheet
from rnn_desk.qt.style.plain import Label
from rnn_desk.qt.style.words import tr

COLUMNS = 3
"""How many menus stand beside one another."""

_SPACE = 20


class ShortcutSheet(Sheet):
    """Each menu with its actions that have keys, and all keys of each."""

    def title(self) -> str:
        return tr("Keyboard shortcuts")

    def content(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(_SPACE)
        for groups in in_columns(groups_of_keys()):
            column = QVBoxLayout()
            column.setSpacing(_SPACE // 2)
            for name, specs in groups:
                column.addLayout(_group(name, specs))
            column.addStretch(1)
            row.addLayout(column)
        return body


Group = tuple[str, list[ActionSpec]]


def groups_of_keys() -> list[Group]:
    """The menus by their words, each with its actions that have keys; none is empty."""
    groups = []
    for menu in menu_table():
        specs = [spec for spec in action_table() if spec.menu == menu.name and spec.keys]
        if specs:
            # A mnemonic stands behind a Chinese name in brackets, and within an English one.
            groups.append((menu.words.split("(&")[0].replace("&", ""), specs))
    return groups


def in_columns(groups: list[Group]) -> list[list[Group]]:
    """The groups in columns, in their order as far as possible, each where there is most room."""
    columns: list[list[Group]] = [[] for _ in range(COLUMNS)]
    for group in groups:
        min(columns, key=_length).append(group)
    return [column for column in columns if column]


def _length(column: list[Group]) -> int:
    return sum(len(specs) + 2 for _, specs in column)


def _group(name: str, specs: list[ActionSpec]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(_SPACE // 2)
    grid.setVerticalSpacing(4)
    title = Label(name)
    title.setObjectName("name")
    grid.addWidget(title, 0, 0, 1, 2)
    for line, spec in enumerate(specs, start=1):
        grid.addWidget(Label(tr(spec.words).rstrip("…")), line, 0)
        keys = QHBoxLayout()
        keys.setSpacing(4)
        for shortcut in spec.keys:
            key = Label(QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText))
            key.setObjectName("key")
            keys.addWidget(key)
        keys.addStretch(1)
        grid.addLayout(keys, line, 1, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(1, 1)
    return grid
