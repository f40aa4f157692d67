"""The desk of the end-to-end tests, for those that look at one room of it."""

from tests.end_to_end.conftest import desk, settle  # noqa: F401  pytest finds them by name here
