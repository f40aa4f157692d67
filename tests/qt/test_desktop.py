"""What tells a desktop of the program: its starter, its kinds of files, its icons."""

import io
import os
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from rnn_desk.app.documents import DESK_SUFFIX
from rnn_desk.assets_door import asset
from rnn_desk.qt.platform.identity import APP_ID, APP_NAME, introduce
from tests.helpers import app_icons

REPOSITORY = Path(__file__).parents[2]
STARTER, KINDS = asset("desktop", f"{APP_ID}.desktop"), asset("desktop", f"{APP_ID}.xml")
NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(scope="module")
def starter():
    parser = ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str
    parser.read(STARTER, encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text())


def patterns():
    root = ElementTree.parse(KINDS).getroot()
    return {
        kind.get("type"): [glob.get("pattern") for glob in kind.iter(f"{NAMESPACE}glob")]
        for kind in root
    }


def test_the_starter_starts_the_command_and_owns_its_window(starter, project):
    command, files = starter["Exec"].split()
    assert command in project["project"]["scripts"]
    assert files == "%F"
    assert starter["StartupWMClass"] == starter["Icon"] == STARTER.stem == APP_ID
    assert starter["Name"] == APP_NAME
    assert starter["Comment"] == project["project"]["description"]
    assert all(starter[f"{name}[zh_CN]"] for name in ("Comment", "GenericName"))


def test_the_starter_opens_what_the_program_opens(starter):
    kinds = set(starter["MimeType"].rstrip(";").split(";"))
    assert kinds >= patterns().keys()
    assert {each for pattern in patterns().values() for each in pattern} == {
        f"*{DESK_SUFFIX}", "*.onnx", "*.jsonl",
    }  # fmt: skip


def test_they_are_installed_where_a_desktop_looks(project):
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert all((REPOSITORY / source).is_file() for source in shared)
    assert set(shared.values()) == {
        f"share/applications/{APP_ID}.desktop",
        f"share/mime/packages/{APP_ID}.xml",
        f"share/icons/hicolor/scalable/apps/{APP_ID}.svg",
    }


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="it checks the file")
def test_a_desktop_takes_the_kinds_of_files(tmp_path):
    folder = tmp_path / "mime"
    (folder / "packages").mkdir(parents=True)
    shutil.copy(KINDS, folder / "packages")
    done = subprocess.run(
        ["update-mime-database", folder],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    globs = (folder / "globs2").read_text()
    assert f"50:application/x-rnndesk:*{DESK_SUFFIX}" in globs


def test_the_application_says_which_it_is(qapp):
    before = qapp.applicationName(), qapp.applicationDisplayName(), qapp.desktopFileName()
    try:
        introduce(qapp)
        assert qapp.desktopFileName() == QApplication.applicationName() == APP_ID
        assert qapp.applicationDisplayName() == APP_NAME
    finally:
        qapp.setApplicationName(before[0])
        qapp.setApplicationDisplayName(before[1])
        qapp.setDesktopFileName(before[2])


@pytest.mark.parametrize("name", app_icons.SIZES)
def test_the_icons_are_those_that_the_command_makes(name):
    made = io.BytesIO(app_icons.made(name))
    with Image.open(asset("desktop", name)) as kept, Image.open(made) as again:
        assert kept.info["sizes"] == again.info["sizes"]
        assert np.array_equal(np.asarray(kept), np.asarray(again))


def test_an_icon_of_each_size_is_drawn_for_that_size():
    with Image.open(asset("desktop", "app.ico")) as icon:
        for size in app_icons.SIZES["app.ico"]:
            frame = icon.ico.getimage((size, size))
            assert np.array_equal(np.asarray(frame), np.asarray(app_icons.drawn(size)))
