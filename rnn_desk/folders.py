"""The user's own folders of this program, where every version of it has had them.

Older versions asked Qt (AppConfigLocation, AppLocalDataLocation), which the command line does not
load. Of platformdirs' folders these two are the same ones on each system; its folders for
configurations and logs, of more fitting names, are not.
"""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_OWN = PlatformDirs("rnn-desk", appauthor=False)


def settings_folder() -> Path:
    """Where the settings are, and beside them what else is remembered."""
    return _OWN.user_preference_path


def log_folder() -> Path:
    """Where the log is."""
    return _OWN.user_data_path


def recovery_folder() -> Path:
    """Where each window keeps from what its desk comes back after a crash."""
    return log_folder() / "recovery"


def unpacked_folder() -> Path:
    """Where models lie that came inside a saved desk; whatever is in it can be unpacked again."""
    return _OWN.user_cache_path / "models"
