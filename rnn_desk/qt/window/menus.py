"""The menus along the window's top, made from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from rnn_desk.app.action_table import action_table
from rnn_desk.qt.actions import menu_table


def make_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """All menus by name; the actions' shortcuts hold wherever the focus is."""
    menus: dict[str, QMenu] = {}
    table = action_table()
    for spec in menu_table():
        menu = QMenu(window)
        for action in table:
            if action.menu == spec.name:
                if action.apart:
                    menu.addSeparator()
                menu.addAction(actions[action.name])
        if spec.before:
            menus[spec.within].insertMenu(actions[spec.before], menu)
        else:
            (menus[spec.within] if spec.within else window.menuBar()).addMenu(menu)
        menus[spec.name] = menu
    window.addActions(list(actions.values()))
    return menus
