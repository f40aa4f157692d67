"""The desk of the end-to-end tests, for those that look at one room of it."""

from tests.end_to_end.conftest import (  # noqa: F401  pytest finds them by name here
    desk,
    make_desk,
    settle,
)
