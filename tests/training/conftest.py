from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.helpers.idx import write_idx


def pytest_collect_file() -> None:
    """Skip this folder where the extra `train` is not installed."""
    pytest.importorskip("torch")


def bars(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pictures that a network learns in a minute: digit k is a bar across, 2 k rows down."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 10, count).astype(np.uint8)
    images = generator.integers(0, 40, (count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[4 + 2 * label : 6 + 2 * label, 6:22] = 220
    return images, labels


def write_digits(folder: Path, training: int = 600, test: int = 120) -> Path:
    """A folder with the four files of MNIST's kind, and something else in them."""
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, count, seed in (("train", training, 1), ("t10k", test, 2)):
        images, labels = bars(count, seed)
        (folder / f"{prefix}-images-idx3-ubyte").write_bytes(write_idx(images))
        (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(write_idx(labels))
    return folder


@pytest.fixture(scope="session")
def digits_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """600 training and 120 test pictures, to be read only."""
    return write_digits(tmp_path_factory.mktemp("digits"))


@pytest.fixture
def own_digits_folder(tmp_path: Path) -> Path:
    """The same, for one test to damage."""
    return write_digits(tmp_path / "digits")


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """So small a network is slower on many threads, above all where tests run side by side."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def few_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's few drawings need not wait for thousands of invented ones to be rendered."""
    monkeypatch.setattr("training.drawn.INVENTED", 1)
