"""The program's languages: English, which is in the code, and those in `assets/translations`.

A translation is a Qt Linguist file (.ts), read as it is: no compiled twin of it lies in the tree.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from rnn_desk.app.values import LANGUAGES
from rnn_desk.assets_door import asset

FONTS = {
    "zh": (
        "PingFang SC",  # macOS
        "Microsoft YaHei UI",  # Windows
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "WenQuanYi Micro Hei",
    )
}
"""The first of these that is there sets the language's words. A font that only stands in for
letters which the desktop's own lacks is cut: lines are as high as the desktop's own font."""

_SPOKEN = "translators"
"""The property of the application that has those of the language that is spoken."""

_WITHOUT_SCREEN = {"win32": "Segoe UI", "darwin": "Helvetica Neue"}
"""The desktop's font where nothing is on a screen: Qt names one then that only Linux has."""


class LinguistTranslator(QTranslator):
    """Looks words up in a .ts file: the program's, and those of Qt's own sheets that Qt's
    translation lacks. Unfinished entries count as missing, and stay English."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: dict[tuple[str, str], str] = {}
        for context in ElementTree.parse(path).iter("context"):
            name = context.findtext("name", "")
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation is not None and translation.get("type") != "unfinished":
                    self._words[name, message.findtext("source", "")] = translation.text or ""

    def isEmpty(self) -> bool:
        return not self._words

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # None is Qt's null string, which has other translators asked; "" would be taken for a word.
        return self._words.get((context, source))  # type: ignore[return-value]


def system_language() -> str:
    """The language of the desktop, as far as the program speaks it."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


def speak(language: str | None) -> None:
    """Speak this language from now on; none, or one that is not spoken, is the system's.

    Qt tells every widget by a LanguageChange event, which comes once the event loop runs.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # They are kept by name, as whoever looks through the application's children has PySide6 make
    # all of QStyle's enums.
    for old in app.property(_SPOKEN) or ():
        app.removeTranslator(old)
        old.deleteLater()
    app.setProperty(_SPOKEN, None)
    if language not in LANGUAGES:
        language = system_language()
    _set_fonts(language)
    path = asset("translations", f"{language}.ts")
    if not path.is_file():
        return  # English, which needs none
    qt, own = QTranslator(app), LinguistTranslator(path, app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(QLocale(language), "qtbase", "_", folder):  # the buttons of dialogs
        app.installTranslator(qt)
    app.installTranslator(own)
    app.setProperty(_SPOKEN, [qt, own])


def _desktop_fonts(platform: str, system: str = sys.platform) -> list[str]:
    """The families that the desktop's own font names."""
    if platform == "offscreen" and system in _WITHOUT_SCREEN:
        return [_WITHOUT_SCREEN[system]]
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()


def _set_fonts(language: str) -> None:
    """Letters of the language's own font, or of the desktop's."""
    own = [name for name in FONTS.get(language, ()) if QFontDatabase.hasFamily(name)][:1]
    desktop = _desktop_fonts(QGuiApplication.platformName())
    font = QFont(QApplication.font())
    if font.families() != own + desktop:
        font.setFamilies(own + desktop)
        QApplication.setFont(font)
