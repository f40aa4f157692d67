"""Where the panels are: along the window's bottom, some of them sharing a place as tabs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QTabBar, QToolButton, QWidget

from rnn_desk.app.actions import choose
from rnn_desk.protocol.model import Model
from rnn_desk.qt.adapter import QtStore
from rnn_desk.qt.style.plain import set_tip, set_title
from rnn_desk.qt.style.words import tr
from rnn_desk.qt.views.panel import Panel
from rnn_desk.qt.window.panels import Panels, PanelSpec, panel_table

WIDEST_PANEL = 0.54
"""The part of the window's width that a panel gets at most when it is opened."""

PANELS_SHARE = 0.3
"""The part of the window's height that the panels along the bottom get at first."""


class Docks(Mapping[str, QDockWidget]):
    """The holders of the panels by their names; each can be moved, resized, hidden."""

    def __init__(self, window: QMainWindow, panels: Panels, menu: QMenu, store: QtStore) -> None:
        """menu: where each panel is shown and hidden."""
        self._window = window
        self._store = store
        self._panels = panels
        self._docks: dict[str, QDockWidget] = {}
        self._gave_way: tuple[QDockWidget, ...] = ()
        self._idle: tuple[QDockWidget, ...] = ()
        self._put_away: tuple[QDockWidget, ...] = ()
        self._are_away = False
        self._models: tuple[Model, ...] = ()
        self._widths: tuple[int, int] | None = None
        self._soon = QTimer(window)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._changed)
        menu.addSeparator()
        for spec in panel_table():
            holder = self._dock(spec, panels.by_name[spec.name])
            menu.addAction(holder.toggleViewAction())
            holder.toggleViewAction().triggered.connect(partial(self._chosen, holder))
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
        """Open a panel, before those whose place it shares, as wide as it likes to be; alone, where
        letters are so large that it has no room beside another."""
        holder, first = self[name], next(iter(self.values()))
        holder.show()
        holder.raise_()
        if first is holder or holder.isFloating() or first.isFloating():
            return
        if self._needs_all(name):
            self._put_others_away(name)
            return
        widths = first.width(), holder.width()
        likes = self._panels.by_name[name].sizeHint().width()
        wanted = min(likes, round(sum(widths) * WIDEST_PANEL))
        if widths[1] < wanted:
            self._widths = widths
            self._share(sum(widths) - wanted, wanted)

    def toggle(self, name: str) -> None:
        """Open a panel, or bring it to the front; close it where it is there already, and give back
        the width that it got."""
        if self._is_seen(name):
            self[name].hide()
            if not self._gave_way:
                self._share_as_before()
        else:
            self.show(name)

    def show_models(self, models: tuple[Model, ...]) -> None:
        """Have panels with nothing to show of these models give their room away, until they have
        again; a person can open them all the same."""
        self._models = models
        for name, holder in self.items():
            serves = self._panels.by_name[name].serves(models)
            if serves and holder in self._idle:
                self._idle = tuple(each for each in self._idle if each is not holder)
                holder.show()
            elif not serves and not holder.isHidden():
                self._idle = (*self._idle, holder)
                holder.hide()

    def open_names(self) -> str:
        """The names of the panels that are open, those last that are in front of others; `arrange`
        has them so again."""
        away = self._for_a_while_away
        names = [n for n, holder in self.items() if holder in away or not holder.isHidden()]
        return " ".join(sorted(names, key=self._is_seen))

    def saved(self) -> bytes:
        """Where the panels are, in Qt's own words, those that are away for a while in their
        places."""
        away = self._for_a_while_away
        for holder in away:
            holder.show()
        words = bytes(self._window.saveState().data())
        for holder in away:
            holder.hide()
        return words

    def make_way(self) -> None:
        """Letters have grown: a panel that has no room beside another any more stands alone."""
        for name in self:
            if self._is_seen(name) and self._needs_all(name):
                self._put_others_away(name)

    def show_titles(self, on: bool) -> None:
        """Show each panel's title, with its buttons; or leave their room to what is in it."""
        for holder in self.values():
            before = holder.titleBarWidget()
            title = None if on else QWidget()  # None is Qt's own
            holder.setTitleBarWidget(title)  # type: ignore[arg-type]
            if before is not None:
                before.deleteLater()

    def come_back(self) -> None:
        """The panels that made way for one that needed all the width are open again."""
        for each in self._gave_way:
            each.show()
        self._gave_way = ()
        self._share_as_before()

    def put_away(self) -> None:
        """Close every panel for a while: what they tell of is not what is looked at."""
        self._are_away = True
        self._put_away = tuple(
            each for each in self.values() if each in self._put_away or not each.isHidden()
        )
        for each in self._put_away:
            each.hide()

    def bring_back(self) -> None:
        """Open the panels that were put away."""
        for each in self._put_away:
            each.show()
        self._put_away, self._are_away = (), False

    def arrange(self, how: bytes | str) -> None:
        """As Qt's own words have it; or with the panels of these names alone, in the order of the
        table, the last one before those whose place it shares."""
        self._gave_way, self._idle, self._put_away, self._widths = (), (), (), None
        if isinstance(how, bytes):
            self._window.restoreState(how)
        else:
            names = how.split()
            for name, holder in self.items():
                holder.setVisible(name in names)
            for name in names:
                if name in self:
                    self[name].raise_()
        self.show_models(self._models)
        if self._are_away:
            self.put_away()

    def set_words(self) -> None:
        """Set their titles, and the names of what Qt puts beside their tabs."""
        for spec in panel_table():
            set_title(self[spec.name], spec.title)
            set_tip(self[spec.name], spec.tip)
        if self._window.isVisible():  # else they are looked for once it is
            self._see_tabs()

    def _chosen(self, holder: QDockWidget, *_checked: bool) -> None:
        """A person has opened or closed it, and so it stays."""
        self._idle = tuple(each for each in self._idle if each is not holder)
        holder.raise_()

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

    def _is_seen(self, name: str) -> bool:
        """Whether a panel is open, and not behind another."""
        holder = self[name]
        within = holder.isFloating() or self._window.rect().intersects(holder.geometry())
        return holder.isVisible() and within  # Qt puts one behind others out of the window

    def _needs_all(self, name: str) -> bool:
        """Whether a panel, in letters as they are, has no room beside another."""
        return self._panels.by_name[name].least_width > round(self._window.width() * WIDEST_PANEL)

    def _put_others_away(self, name: str) -> None:
        """For as long as this one is open."""
        open_now = (each for other, each in self.items() if other != name)
        self._gave_way = tuple(each for each in open_now if not each.isHidden())
        if self._gave_way:
            self._widths = self._gave_way[0].width(), self._gave_way[-1].width()
        for each in self._gave_way:
            each.hide()

    def _share(self, *widths: int) -> None:
        """Give the first panel and those beside it so many pixels of the width."""
        first, *others = self.values()
        beside = next((each for each in others if not each.isHidden()), None)
        if beside is not None:
            self._window.resizeDocks([first, beside], widths, Qt.Orientation.Horizontal)

    def _share_as_before(self) -> None:
        """As it was before a panel got more of the width."""
        if self._widths is not None:
            self._share(*self._widths)
            self._widths = None

    def _changed(self) -> None:
        """A panel was opened or closed: those that had made way for it come back, unless a person
        has opened one of them meanwhile."""
        if not all(each.isHidden() for each in self._gave_way):
            self._gave_way = ()
        elif all(each.isHidden() for each in self.values()):
            self.come_back()
        self._see_tabs()
        self._store.do(choose.panels, self.open_names())

    @property
    def _for_a_while_away(self) -> tuple[QDockWidget, ...]:
        """The panels that a person has open, and that have nothing to show or no room now."""
        return (*self._idle, *self._gave_way, *self._put_away)

    def _see_tabs(self) -> None:
        """Name the buttons beside the tabs of panels that share a place. Qt puts a bar of one tab
        out of sight, where Tab finds it all the same."""
        children = Qt.FindChildOption.FindDirectChildrenOnly  # all there are take a start too long
        for bar in self._window.findChildren(QTabBar, options=children):
            seen = bar.count() > 1
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if seen else Qt.FocusPolicy.NoFocus)
            for button in bar.findChildren(QToolButton):
                left = button.arrowType() == Qt.ArrowType.LeftArrow
                button.setAccessibleName(
                    tr("Tabs to the left") if left else tr("Tabs to the right")
                )
