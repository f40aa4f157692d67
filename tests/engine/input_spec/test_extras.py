"""What a model takes beside the picture: the values that are proposed, and those that are said."""

import numpy as np
import onnx
import pytest

from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.errors import Refused
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.saving import copy_of
from rnn_desk.engine.runtime.devices import CPU
from tests.models.extras import EXTRAS, extended

QUICK = ("mask_int64", "padding_mask", "training_flag")


def saved(name, folder):
    path = folder / f"{name}.onnx"
    onnx.save(extended(name), path)
    return path


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in EXTRAS]
)
def test_an_extra_input_gets_the_value_with_which_digits_are_read(name, tmp_path):
    reader = open_reader(saved(name, tmp_path), CPU)
    assert dict(reader.card.given) == EXTRAS[name][0]
    assert reader.findings.reference_accuracy > 0.9


def test_what_a_person_says_is_given_and_kept_in_a_copy(tmp_path):
    path = saved("temperature", tmp_path)
    plain = open_reader(path, CPU)
    said = {plain.identity.sha256: ByHand(given=(("tau", 4.0),))}
    hot = open_reader(path, CPU, chosen=said)
    digits = reference_digits().pictures(plain.card.frame, [0, 50])
    cool, warm = plain.classify(digits), hot.classify(digits)
    assert np.allclose(np.log(cool / cool[:, :1]), 4 * np.log(warm / warm[:, :1]), atol=1e-2)
    _, model = copy_of(path, hot)
    onnx.save(model, tmp_path / "copy.onnx")
    copy = open_reader(tmp_path / "copy.onnx", CPU)
    assert copy.card.given == {"tau": 4.0}
    assert np.allclose(copy.classify(digits), warm, atol=1e-6)


def test_a_name_that_is_no_input_is_refused(tmp_path):
    path = saved("temperature", tmp_path)
    sha256 = open_reader(path, CPU).identity.sha256
    with pytest.raises(Refused, match="takes no taw"):
        open_reader(path, CPU, chosen={sha256: ByHand(given=(("taw", 1.0),))})


@pytest.mark.slow  # every way is tried with it
def test_a_wrong_value_is_named_where_digits_are_not_read(tmp_path):
    path = saved("training_flag", tmp_path)
    sha256 = open_reader(path, CPU).identity.sha256
    with pytest.raises(Refused, match="is_training = 1, and so it gives every picture the same"):
        open_reader(path, CPU, chosen={sha256: ByHand(given=(("is_training", 1.0),))})
