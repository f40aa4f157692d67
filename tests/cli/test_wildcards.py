"""Patterns of names, which Windows leaves to the program."""

import json
import sys

import pytest

from rnn_desk import cli
from rnn_desk.cli.wildcards import expanded
from rnn_desk.core.drawing import write_drawings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("b 2.png", "a[1].png", "c.jsonl"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["classify", "*.png"], ["classify", "a[1].png", "b 2.png"]),
        (["b?2.*", "--json"], ["b 2.png", "--json"]),
        (["a[1].*", "a[1].png"], ["a[1].png", "a[1].png"]),
        (["*.bmp", "-", ""], ["*.bmp", "-", ""]),
    ],
)
def test_patterns_are_the_files_that_they_stand_for(words, meant):
    assert expanded(words) == meant


def test_patterns_are_found_in_any_folder(folder, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert expanded([str(folder / "*.jsonl")]) == [str(folder / "c.jsonl")]


@pytest.mark.parametrize(("system", "status"), [("win32", 0), ("linux", 1)])
def test_only_where_the_shell_does_not(told, own_drawings, tmp_path, monkeypatch, system, status):
    for name in ("one.jsonl", "two.jsonl"):
        write_drawings(tmp_path / name, own_drawings[:1])
    # No more of the program than this asks `cli` for the system.
    monkeypatch.setattr(cli, "sys", _Of(system))
    found, out, _ = told("classify", "--json", tmp_path / "*.jsonl")
    assert found == status
    files = [json.loads(line)["file"] for line in out.splitlines()]
    assert files == [str(tmp_path / f"{name}.jsonl") for name in ("one", "two")] * (status == 0)


class _Of:
    """`sys` on another system."""

    def __init__(self, platform):
        self.platform = platform

    def __getattr__(self, name):
        return getattr(sys, name)
