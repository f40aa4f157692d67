"""Whether `inspect --json` understands every model file of the set, in one table.

    python -m tests.models.check [NAME...]

best: the most of the reference digits that the file reads right in any way that was tried on all of
them, or as its maker meant it, fed by onnxruntime alone. A reading counts as right where its
fields are the maker's; so does a plainer range of values that does as well.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from rnn_desk.app import chosen_readings
from rnn_desk.cli import main as command
from rnn_desk.core.card import InputReading
from rnn_desk.core.number_words import digit_of
from rnn_desk.core.references import reference_digits
from tests.helpers.model_files import FILES, TRUTH, answers

FIELDS = ("layout", "polarity", "reading", "batch", "dtype", "channels", "margin", "side")
CHANCE = 0.04
"""Part of the 240 reference digits within which two ways do as well: two standard errors where one
of ten is misread. What they are told apart by is their loss, on harder pictures too."""


def inspected(name: str) -> dict[str, object]:
    """What the command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        command(["inspect", str(FILES / name), "--json"])
    found: dict[str, object] = json.loads(out.getvalue())
    return found


def as_meant(name: str) -> float:
    """The part of the reference digits that the file reads right, fed as its maker meant it."""
    truth, digits = TRUTH[name], reference_digits()
    frame = InputReading(margin=truth["margin"]).frame(truth["side"])
    said = answers(name, digits.pictures(frame, range(len(digits.drawings))))
    names = [digit_of(label) or label for label in truth["classes"]]
    return float(np.mean([names[k] == label for k, label in zip(said, digits.labels, strict=True)]))


def main() -> int:
    """Print the table; 1 where a file was not understood."""
    wanted = sys.argv[1:] or sorted(TRUTH)
    wrong = 0
    with TemporaryDirectory() as folder:
        chosen_readings.users_own = lambda: Path(folder) / "readings.json"
        for name in wanted:
            truth = TRUTH[name]
            found = inspected(name)
            right = found["accepted"] == truth["accepted"]
            words = "refused" if not found["accepted"] else "unchecked"
            if found["accepted"]:
                fed = found["input"]
                assert isinstance(fed, dict)
                right = right and all(fed[field] == truth[field] for field in FIELDS)
                right = right and found["classes"] == truth["classes"]
            if found["accepted"] and found["reference_accuracy"] is not None:
                accuracy, evidence = found["reference_accuracy"], found["evidence"]
                assert isinstance(accuracy, float)
                assert isinstance(evidence, list)
                full = [e["right"] / e["count"] for e in evidence if e["count"] >= 200]
                best = max([as_meant(name), *full])
                right = right and accuracy >= best - CHANCE
                words = f"{accuracy:6.1%} of at best {best:6.1%}"
            wrong += not right
            sys.stdout.write(f"{'right' if right else 'WRONG'}  {name:36} {words}\n")
    sys.stdout.write(f"{len(wanted) - wrong} of {len(wanted)} understood\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
