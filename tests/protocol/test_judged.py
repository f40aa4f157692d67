"""What is taken for what: counted as it stands, and what looks alike is right."""

import numpy as np

from rnn_desk.core.alphabet import LABEL_ORDERS
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.judged import confusion_of, judged, occurring
from rnn_desk.protocol.report import Condition, Report

CLASSES = LABEL_ORDERS["emnist_by_class"]
LABELS = ["o", "A", "7", "l"]
SAID = ["0", "B", "7", "1"]


def probabilities():
    rows = np.full((4, len(CLASSES)), 0.001, np.float32)
    for row, said in zip(rows, SAID, strict=True):
        row[CLASSES.index(said)] = 0.9
    return rows


def test_what_looks_alike_stands_on_the_diagonal():
    said = probabilities().argmax(axis=1)
    counts = confusion_of(LABELS, said, CLASSES)
    wrong = counts - np.diag(np.diag(counts))
    assert counts.sum() == 4
    assert wrong.sum() == wrong[CLASSES.index("A"), CLASSES.index("B")] == 1
    assert [CLASSES[k] for k in occurring(counts)] == ["7", "A", "B", "l", "o"]


def test_each_digit_is_missed_or_right_and_found_in_its_cell():
    drawings = [Drawing(label=label) for label in LABELS]
    missed, right = judged(drawings, LABELS, probabilities(), CLASSES)
    assert [(each.label, each.said) for each in missed] == [("A", "B")]
    assert [each.label for each in right] == ["o", "7", "l"]
    counts = confusion_of(LABELS, probabilities().argmax(axis=1), CLASSES)
    conditions = (Condition(Refused("as they are"), 0.75),)
    report = Report("m", CLASSES, 4, conditions, counts, missed, (), right)
    for row in range(len(CLASSES)):
        for column in range(len(CLASSES)):
            assert len(report.in_cell(row, column)) == counts[row, column]


def test_a_label_that_is_no_class_is_left_out():
    counts = confusion_of(["A", "B"], np.array([0, 0]), ("A", "C"))
    assert counts.tolist() == [[1, 0], [0, 0]]
