import logging

import pytest

from rnn_desk.app.limits import Limits
from rnn_desk.qt.state.settings import Settings, as_text, load, save


def test_what_is_saved_is_loaded(tmp_path):
    path = tmp_path / "deep" / "settings.json"
    settings = Settings(theme="dark", geometry=as_text(b"\x01\x02"), unsure_below="0.7")
    save(settings, path)
    assert load(path) == settings
    assert load(path).bytes_of("geometry") == b"\x01\x02"
    assert load(path).unsure_limit == 0.7


def test_a_first_start_has_the_defaults(tmp_path):
    assert load(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"theme": 3}', "\x00", "[" * 100_000, '{"theme": null}']
)
def test_settings_that_cannot_be_read_are_set_aside(tmp_path, caplog, text):
    path = tmp_path / "settings.json"
    path.write_text(text)
    with caplog.at_level(logging.WARNING):
        assert load(path) == Settings()
    assert not path.exists()
    assert path.with_suffix(".unreadable").read_text() == text
    assert "set aside" in caplog.text


def test_settings_of_a_newer_version_keep_what_is_known(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "light", "from_the_future": "x"}')
    assert load(path) == Settings(theme="light")


@pytest.mark.parametrize("nonsense", ["Ü", "not base64!", "a"])
def test_nonsense_in_a_field_does_no_harm(nonsense):
    assert Settings(geometry=nonsense).bytes_of("geometry") == b""
    assert Settings(unsure_below=nonsense).unsure_limit == 0.5


@pytest.mark.parametrize("nonsense", ["nan", "inf", "-inf", "1e999", "", "soon"])
def test_what_is_no_ordinary_number_is_the_default(nonsense):
    settings = Settings(examination_seconds=nonsense, unsure_below=nonsense)
    assert settings.limits == Limits()
    assert settings.unsure_limit == 0.5
