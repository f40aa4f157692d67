"""What PyInstaller takes along with PySide6.QtGui: of its plug-ins, those that the window loads.

Left out are screens without a window system, GTK's look (the portal's file dialogues stand in for
it) with the forty libraries that hang on it, touch and pen through bare devices, and formats that
the window shows none of: pictures that are read are Pillow's to open.
"""

from pathlib import Path

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qwebp"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "styles": set(),
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}
"""By folder; on Linux and macOS "lib" stands before the names."""

SOFTWARE_OPENGL = ("opengl32sw.dll", "d3dcompiler_47.dll")
"""20 MB for windows that draw by OpenGL, as none here does."""


def wanted(target: str) -> bool:
    """Whether a file of Qt's goes along. target: its folder, or itself."""
    parts = Path(target).parts
    if "plugins" not in parts:
        return Path(target).name not in SOFTWARE_OPENGL
    group, *name = parts[parts.index("plugins") + 1 :]
    return not name or Path(name[-1]).stem.removeprefix("lib") in PLUGINS.get(group, set())


hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [
    (source, target) for source, target in binaries if wanted(str(Path(target) / Path(source).name))
]
