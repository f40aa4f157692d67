"""A table to be read: its lines are chosen whole, and Tab goes past it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_GAP = 8
"""Pixels between the words of two lines."""


def table_of(heads: Sequence[str], lines: Sequence[Sequence[QTableWidgetItem]]) -> QTableWidget:
    """A table of these items, its columns as wide as they need."""
    table = QTableWidget(len(lines), len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    for row, items in enumerate(lines):
        for column, item in enumerate(items):
            table.setItem(row, column, item)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + _GAP)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table
