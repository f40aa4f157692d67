from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.idx import write_digits


def pytest_collect_file() -> None:
    """Skip this folder where the extra `train` is not installed."""
    pytest.importorskip("torch")


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
    monkeypatch.setattr("training.drawn.RENDERED", 1)
