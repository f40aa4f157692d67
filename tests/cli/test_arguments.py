from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from rnn_desk.cli.arguments import ending


@pytest.mark.parametrize(
    ("suffixes", "kinds"),
    [
        ((".html",), ".html"),
        ((".png", ".svg"), ".png or .svg"),
        ((".json", ".npz", ".csv"), ".json, .npz or .csv"),
    ],
)
def test_another_suffix_is_refused_with_those_that_there_are(suffixes, kinds):
    with pytest.raises(ArgumentTypeError, match=f"^'a.txt' does not end in {kinds}$"):
        ending(*suffixes)("a.txt")
    assert ending(*suffixes)(f"A{suffixes[0].upper()}") == Path(f"A{suffixes[0].upper()}")
    assert ending(*suffixes)("-") == Path("-")
