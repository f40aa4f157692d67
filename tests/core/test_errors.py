import copy
import pickle
from pathlib import Path

import pytest

from rnn_desk.core.errors import Refused


def test_the_sentence_is_the_template_filled_in():
    refused = Refused("{file}, line {line}: no", file=Path("a.onnx"), line=3)
    assert str(refused) == "a.onnx, line 3: no"
    assert refused.template == "{file}, line {line}: no"  # what a translation is looked up by
    assert refused.fields == {"file": Path("a.onnx"), "line": 3}


def test_braces_in_a_field_are_no_fields():
    assert str(Refused("{file} is empty", file="{0}{line}")) == "{0}{line} is empty"


@pytest.mark.parametrize("again", [copy.copy, lambda r: pickle.loads(pickle.dumps(r))])
def test_it_can_come_from_another_process(again):
    refused = Refused("{file} holds {count}", file=Path("a"), count=3)
    other = again(refused)
    assert type(other) is Refused
    assert (str(other), other.fields) == (str(refused), refused.fields)


def test_it_is_raised_and_caught_as_itself():
    with pytest.raises(Refused, match=r"^a is empty$"):
        raise Refused("{file} is empty", file="a")
    assert not issubclass(Refused, OSError | ValueError)
