"""Where the panels are: along the window's bottom, some of them sharing a place as tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QTabBar, QToolButton

from rnn_desk.qt.look.words import tr
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.window.panels import Panels, PanelSpec, panel_table

WIDEST_PANEL = 0.54
"""The part of the window's width that a panel gets at most when it is opened."""

PANELS_SHARE = 0.3
"""The part of the window's height that the panels along the bottom get at first."""


class Docks(Mapping[str, QDockWidget]):
    """The holders of the panels by their names; each can be moved, resized, hidden."""

    def __init__(self, window: QMainWindow, panels: Panels, menu: QMenu) -> None:
        """menu: where each panel is shown and hidden."""
        self._window = window
        self._panels = panels
        self._docks: dict[str, QDockWidget] = {}
        self._soon = QTimer(window)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._see_tabs)
        menu.addSeparator()
        for spec in panel_table():
            holder = self._dock(spec, panels.by_name[spec.name])
            menu.addAction(holder.toggleViewAction())
            holder.toggleViewAction().triggered.connect(holder.raise_)
            # Qt lays them out first.
            holder.visibilityChanged.connect(lambda _: self._soon.start())

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._docks)

    def __len__(self) -> int:
        return len(self._docks)

    def share_out(self) -> None:
        """Give the panels their parts of the window, as nobody has said otherwise."""
        specs = [spec for spec in panel_table() if not spec.beside]
        docks = [self[spec.name] for spec in specs]
        shares = [spec.share for spec in specs]
        self._window.resizeDocks(docks, shares, Qt.Orientation.Horizontal)
        height = round(self._window.height() * PANELS_SHARE)
        self._window.resizeDocks(docks, [height] * len(docks), Qt.Orientation.Vertical)

    def show(self, name: str) -> None:
        """Open a panel, before those whose place it shares, as wide as it likes to be."""
        holder, first = self[name], next(iter(self.values()))
        holder.show()
        holder.raise_()
        both = holder.width() + first.width()
        likes = self._panels.by_name[name].sizeHint().width()
        wanted = min(likes, round(both * WIDEST_PANEL))
        beside = first is not holder and not holder.isFloating() and not first.isFloating()
        if beside and holder.width() < wanted:
            widths = [both - wanted, wanted]
            self._window.resizeDocks([first, holder], widths, Qt.Orientation.Horizontal)

    def arrange(self, how: bytes | str) -> None:
        """As Qt's own words have it, or with the panel of that name alone, "" for none."""
        if isinstance(how, bytes):
            self._window.restoreState(how)
            return
        for name, holder in self.items():
            holder.setVisible(name == how)
        if how:
            self[how].raise_()

    def set_words(self) -> None:
        """Set their titles, and the names of what Qt puts beside their tabs."""
        for spec in panel_table():
            self[spec.name].setWindowTitle(spec.title)
        for bar in self._window.findChildren(QTabBar):
            for button in bar.findChildren(QToolButton):
                left = button.arrowType() == Qt.ArrowType.LeftArrow
                button.setAccessibleName(
                    tr("Tabs to the left") if left else tr("Tabs to the right")
                )

    def _dock(self, spec: PanelSpec, panel: Panel) -> QDockWidget:
        """Put a panel at the bottom of the window, beside those that are there."""
        holder = QDockWidget(spec.title, self._window)
        holder.setObjectName(spec.name)
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        holder.setAllowedAreas(bottom | Qt.DockWidgetArea.RightDockWidgetArea)
        holder.setWidget(panel)
        self._window.addDockWidget(bottom, holder)
        if spec.beside:
            self._window.tabifyDockWidget(self[spec.beside], holder)
        holder.setVisible(spec.open)
        self._docks[spec.name] = holder
        return holder

    def _see_tabs(self) -> None:
        """Of panels that share a place. Qt puts a bar of one tab out of sight, where Tab finds it
        all the same."""
        for bar in self._window.findChildren(QTabBar):
            seen = bar.count() > 1
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if seen else Qt.FocusPolicy.NoFocus)
