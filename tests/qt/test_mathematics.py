"""The formulas that were set ahead are those that the window shows, as ziamath sets them."""

import json

from rnn_desk.qt.views.mathematics import SET_AHEAD, set_by_ziamath
from tests.helpers.formulas import pieces


def test_they_are_as_ziamath_sets_them():
    ahead = {tex: tuple(found) for tex, found in json.loads(SET_AHEAD.read_text()).items()}
    assert ahead == {tex: set_by_ziamath(tex) for tex in pieces()}
