"""Engines to be asked, within the limits that a test's module names."""

import pytest

from tests.helpers.asking import Asking, Children


@pytest.fixture
def asking(request):
    children = Children()
    made = Asking(request.module.LIMITS)
    yield made
    made.engines.close()
    assert not children.left()
