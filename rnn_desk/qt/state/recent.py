"""The models that were opened lately, from files of a person's own: a menu of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from rnn_desk.assets_door import bundled_models
from rnn_desk.core.plain import one_line
from rnn_desk.qt.look.plain import add_action, set_tip

MOST = 8

_BETWEEN = "\n"


class RecentModels:
    """Fills a menu with them, the newest first, and opens the one that is chosen.

    text: as `as_text` gave it. What is not there any more stays in the menu: opening it says so.
    """

    def __init__(self, menu: QMenu, text: str, opened: Callable[[Path], object]) -> None:
        self._menu = menu
        self._open = opened
        self.paths = [Path(line) for line in text.split(_BETWEEN) if line][:MOST]
        self._fill()

    @property
    def as_text(self) -> str:
        """The paths, to be remembered."""
        return _BETWEEN.join(map(str, self.paths))

    def note(self, paths: Iterable[Path]) -> None:
        """These models read now."""
        own = {path.resolve() for path in bundled_models()}
        for path in paths:
            whole = path.resolve()
            if whole not in own and _BETWEEN not in str(whole):
                others = [each for each in self.paths if each != whole]
                self.paths = [whole, *others][:MOST]
        self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        for path in self.paths:
            action = add_action(self._menu, one_line(path.name, 60))
            set_tip(action, str(path))
            action.triggered.connect(partial(self._chosen, path))
        self._menu.setToolTipsVisible(True)
        self._menu.setEnabled(bool(self.paths))

    def _chosen(self, path: Path, *_checked: bool) -> None:
        self._open(path)
