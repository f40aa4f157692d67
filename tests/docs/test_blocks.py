"""What the pages tell people to type does what they say: every block of a shell's or of Python's is
run as it stands, page by page and in order, or says above it why not."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from PIL import Image

from rnn_desk.app.documents.lesson import open_lesson
from rnn_desk.assets_door import asset
from rnn_desk.core.drawing import from_json
from rnn_desk.core.raster import rasterise
from rnn_desk.core.references import reference_digits
from tests.docs.pages import PAGES, ROOT, Block, blocks
from tests.helpers.idx import write_digits
from tests.models.extras import extended

RUN = ("sh", "python")
SLOW, TORCH = "slow", "slow, needs torch"
OTHER_SHELLS = ("", "bash", "shell", "console", "bat", "powershell")
ALL = [block for page in PAGES for block in blocks(page)]
COMMANDS = {"rnn-desk": "-m rnn_desk", "rnn-desk-train": "-m training", "python": ""}


@pytest.fixture(scope="session")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages speak of, and MNIST where a download would put it."""
    folder = tmp_path_factory.mktemp("pages")
    drawings = reference_digits().drawings
    pixels = np.rint(255 * (1 - rasterise(drawings[0]).pixels)).astype(np.uint8)
    Image.fromarray(pixels).resize((112, 112)).save(folder / "digit.png")
    lines = asset("reference", "digits.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "drawings.jsonl").write_text("\n".join(lines[:20]) + "\n", encoding="utf-8")
    (folder / "class.jsonl").write_text("\n".join(lines[::4]) + "\n", encoding="utf-8")
    (folder / "assets").symlink_to(asset(), target_is_directory=True)
    (folder / "saved").mkdir()
    for number, line in enumerate(lines[:6]):
        name = f"{json.loads(line)['label']}-pupil{number}.jsonl"
        (folder / "saved" / name).write_text(line + "\n", encoding="utf-8")
    shutil.copy(asset("models", "lstm.onnx"), folder / "my-lstm.onnx")
    onnx.save(extended("mask_int64"), folder / "with-mask.onnx")
    write_digits(folder / "cache/rnn-desk/mnist", 1300, 1000)
    for name, words in COMMANDS.items():
        script = folder / "bin" / name
        script.parent.mkdir(exist_ok=True)
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    return folder


def run(block: Block, folder: Path) -> None:
    """As a person types it. Raises AssertionError with what was said where it failed."""
    environment = os.environ | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    shell = ["bash", "-euo", "pipefail", "-c"]
    words = [*shell, block.text] if block.language == "sh" else ["python", "-c", block.text]
    words[0] = shutil.which(words[0], path=environment["PATH"]) or words[0]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{block}:\n{block.text}\n{done.stdout}\n{done.stderr}"


@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are a POSIX shell's")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_says_to_type_works(page: Path, desk_folder: Path) -> None:
    for block in blocks(page):
        if block.language in RUN and not block.mark:
            run(block, desk_folder)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are a POSIX shell's")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_takes_longer_on_a_page_works_too(page: Path, desk_folder: Path) -> None:
    for block in blocks(page):
        if block.mark == TORCH:
            pytest.importorskip("torch")
        if block.mark in (SLOW, TORCH):
            run(block, desk_folder)


@pytest.mark.parametrize("block", ALL, ids=str)
def test_a_block_is_run_or_says_why_not(block: Block) -> None:
    assert block.mark in ("", SLOW, TORCH) or re.fullmatch(r"not run[\w ]*: .{10,}", block.mark)
    if block.language in OTHER_SHELLS:
        assert block.mark, "a shell's block that is not run says why"
    assert block.language in (*RUN, *OTHER_SHELLS, "json", "toml", "text")


@pytest.mark.parametrize("block", [b for b in ALL if b.language == "json"], ids=str)
def test_json_is_what_the_page_says_it_is(block: Block) -> None:
    assert from_json(json.dumps(json.loads(block.text))).strokes


@pytest.mark.parametrize("block", [b for b in ALL if b.language == "toml"], ids=str)
def test_toml_is_a_lesson(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "1-example.toml"
    path.write_text(block.text, encoding="utf-8")
    assert all(step.words for step in open_lesson(path).steps)
