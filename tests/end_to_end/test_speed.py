"""The page that measures: its figures, its words, and what is copied."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from rnn_desk.app import requests
from tests.end_to_end.conftest import LOAD_MS
from tests.helpers.second_device import second_device

__all__ = ["second_device"]


@pytest.fixture
def quick(monkeypatch):
    """Two small batches, for a moment each: what a batch costs is no test's business."""
    short = partial(requests.Bench, batches=(1, 8), seconds=0.02)
    monkeypatch.setattr("rnn_desk.qt.work.devices.Bench", short)


@pytest.mark.usefixtures("second_device", "quick")
def test_it_measures_every_device_and_copies_the_figures(qtbot, desk):
    desk.window.docks["speed"].show()
    desk.window.docks["speed"].raise_()
    view = desk.window.panels.speed
    assert not view.csv.isEnabled()
    QTest.mouseClick(view.measure, Qt.MouseButton.LeftButton)
    assert not view.measure.isEnabled()
    assert view.words.text() == "Measuring…"
    qtbot.waitUntil(view.csv.isEnabled, timeout=LOAD_MS)
    assert view.measure.isEnabled()
    told = view.words.text()
    table = [label.text() for label in view.tables.findChildren(QLabel)]
    places = [k for k, text in enumerate(table) if "loaded in" in text]
    assert [table[k].split(",")[0] for k in places] == ["CPU", "Second device"]
    assert table.count("replay of the gates") == 2
    assert "Second device" in told
    assert "overtakes the CPU" in told or "slower than the CPU" in told
    assert not view.chart.grab().isNull()
    QTest.mouseClick(view.csv, Qt.MouseButton.LeftButton)
    head, *rows = QGuiApplication.clipboard().text().splitlines()
    assert head == "device,load ms,batch,first run ms,p50 ms,p99 ms,digits per second"
    assert [row.split(",")[0:3:2] for row in rows] == [
        ["CPU", "1"], ["CPU", "8"], ["Second device", "1"], ["Second device", "8"],
    ]  # fmt: skip
    QTest.mouseClick(view.markdown, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2 + len(rows)
    assert lines[1] == "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"


@pytest.mark.usefixtures("quick")
def test_closing_while_it_measures_leaves_no_thread(desk):
    desk.window.panels.speed.measure.click()
    desk.window.close()
