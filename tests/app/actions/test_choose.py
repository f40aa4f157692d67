from dataclasses import replace

import pytest

from rnn_desk.app import schema
from rnn_desk.app.actions import choose, point, show
from rnn_desk.app.state import AppState, Models, Pointed
from rnn_desk.app.store import Store
from rnn_desk.app.text import Document
from rnn_desk.app.values import SPEEDS, LayerShown, ModelChoice, Unit

FIRST, SECOND, OTHER = (ModelChoice(f"/{name}.onnx") for name in ("first", "second", "other"))
UNITS = (8, 8)


@pytest.fixture
def store():
    return Store(AppState())


@pytest.fixture
def two(store):
    """Two models, both pointed at, and what layers of both show changed."""
    store.do(choose.read_by, (FIRST, SECOND), 28, (UNITS, UNITS))
    store.do(point.pin, 20)
    for model in (0, 1):
        store.do(show.layer_as, LayerShown(model, 1, "c"))
    return store


def shown(store):
    return [(each.model, each.layer) for each in store.state.views.layers]


def test_tools_and_looks_are_chosen(store):
    store.do(choose.tool, "eraser")
    store.do(choose.pen_width, "thick")
    assert (store.state.look.tool, store.state.look.pen_width) == ("ink", "thick")
    store.do(choose.theme, "dark")
    store.do(choose.language, "zh")
    store.do(choose.unsure_below, 0.7)
    look = store.state.look
    assert (look.theme, look.language, look.unsure_below) == ("dark", "zh", 0.7)


def test_the_speed_stays_within_the_speeds_there_are(store):
    store.do(choose.speed, "2")
    for by, speed in ((1, SPEEDS[-1]), (5, SPEEDS[-1]), (-1, "2"), (-9, SPEEDS[0])):
        store.do(choose.faster, by)
        assert store.state.look.speed == speed


def test_another_first_model_starts_anew(two):
    two.do(point.pin_unit, Unit(0, 0, 3))
    two.do(choose.device, "cuda")
    two.do(choose.read_by, (OTHER, SECOND), 14, (UNITS, UNITS))
    assert two.state.models == Models(OTHER, SECOND, "cuda", (UNITS, UNITS))
    assert two.state.pointed == Pointed(14)
    assert not shown(two)


def test_another_second_model_takes_what_is_of_the_first_along(two):
    two.do(point.pin_unit, Unit(0, 0, 3))
    two.do(choose.read_by, (FIRST, OTHER), 28, (UNITS, UNITS))
    assert (two.state.pointed.row, two.state.pointed.unit) == (20, Unit(0, 0, 3))
    assert shown(two) == [(0, 1)]


def test_a_unit_of_the_second_model_is_not_one_of_another_that_comes(two):
    two.do(point.pin_unit, Unit(1, 0, 3))
    two.do(choose.read_by, (FIRST, OTHER), 28, (UNITS, UNITS))
    assert (two.state.pointed.row, two.state.pointed.unit) == (20, None)


def test_a_second_model_that_goes_takes_its_own_unit_with_it(two):
    two.do(point.pin_unit, Unit(1, 0, 3))
    two.do(point.hover, 5, Unit(1, 0, 3))
    two.do(choose.read_by, (FIRST,), 28, (UNITS,))
    assert (two.state.pointed.row, two.state.pointed.unit) == (20, None)
    assert two.state.models.second is None
    assert shown(two) == [(0, 1)]


def test_the_same_models_with_other_tensors_watched_are_pointed_at_as_before(two):
    two.do(point.pin_unit, Unit(1, 0, 3))
    before = two.state
    two.do(choose.read_by, (replace(FIRST, watched=("w",)), SECOND), 28, (UNITS, UNITS))
    assert two.state.models.first.watched == ("w",)
    assert (two.state.pointed, two.state.views) == (before.pointed, before.views)


@pytest.mark.parametrize("second", [SECOND, OTHER])
def test_a_file_that_is_opened_anew_is_pointed_at_where_it_still_can_be(two, second):
    """It may have been exported again meanwhile, with fewer rows, units and layers."""
    two.do(point.pin_unit, Unit(0, 0, 3))
    two.do(point.suggest_unit, Unit(0, 0, 5))
    two.do(choose.read_by, (FIRST, second), 14, ((4,), (4,)))
    assert (two.state.pointed.rows, two.state.pointed.row) == (14, None)
    assert two.state.pointed.unit == Unit(0, 0, 3)
    assert not shown(two)
    two.do(choose.read_by, (FIRST, second), 14, ((2,), (4,)))
    assert two.state.pointed == Pointed(14)


def test_files_opened_lately_are_few_and_each_is_there_once(store):
    for number in range(12):
        store.do(choose.opened_lately, f"/{number}.onnx")
    store.do(choose.opened_lately, "/9.onnx")
    assert store.state.personal.recent == tuple(
        f"/{number}.onnx" for number in (9, 11, 10, 8, 7, 6, 5, 4)
    )
    assert len(store.state.personal.recent) == choose.MOST_RECENT


def test_where_everything_is_is_noted(store):
    store.do(choose.layout, b"window", b"panels", b"columns")
    where = store.state.layout
    assert (where.geometry, where.panels, where.columns) == (b"window", b"panels", b"columns")
    store.do(choose.folder, "/mine")
    assert store.state.personal.folder == "/mine"


@pytest.mark.parametrize(("told", "row"), [(28, 27), (29, None), (2**31, None)])
def test_a_row_beyond_the_picture_is_none(store, told, row):
    store.do(choose.all_of, schema.read({"row": told, "theme": "dark"}, Document.RENDER))
    assert store.state.pointed.row == row
    assert store.state.look.theme == "dark"


def test_a_row_that_is_found_by_a_rule_waits_for_its_reading(store):
    store.do(choose.all_of, schema.read({"row": "settled"}, Document.RENDER))
    assert store.state.pointed.stays == "settled"
