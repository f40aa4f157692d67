"""What the wheel has that the repository has not: names, folders and addresses of its own.

Hatchling runs this when it builds; nothing else does.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

if sys.version_info >= (3, 11):  # noqa: UP036  it may be built on an older one
    import tomllib
else:  # hatchling's own: the program wants a newer Python, and pip says so when it knows as much
    import tomli as tomllib

_ALIAS = "assets/packaging/editable/rnn_desk_training.py"
_LINK = re.compile(r"\]\((?!\w+:|#)([^)\s]+)\)")
"""A link or a picture in Markdown that leads to a file of the repository."""


_PICTURES = (".gif", ".jpg", ".png", ".svg", ".webp")


def _shown(path: str) -> str:
    """How the repository's page is asked for a file: a picture as it is, a text to be read."""
    return "raw" if path.endswith(_PICTURES) else "blob"


class Editable(BuildHookInterface[Any]):
    """In an editable install, nothing is copied but the name that `training` has in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say what such an install has in place of the wheel's own folders."""
        if version == "editable":
            build_data["force_include_editable"] = {_ALIAS: "rnn_desk_training.py"}


class Addresses(MetadataHookInterface):
    """Addresses from the one place where they stand, `assets/packaging/addresses.toml`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put in the project's addresses, and its README with links that lead there."""
        root = Path(self.root)
        said = tomllib.loads((root / "assets/packaging/addresses.toml").read_text("utf-8"))
        text = (root / "README.md").read_text("utf-8")
        home = said["repository"].rstrip("/")
        if home:
            metadata["urls"] = {
                "Homepage": home,
                "Source": home,
                "Issues": f"{home}/issues",
                "Changelog": f"{home}/blob/main/CHANGELOG.md",
            }
            tag = f"v{self._version()}"
            text = _LINK.sub(lambda found: f"]({home}/{_shown(found[1])}/{tag}/{found[1]})", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}

    def _version(self) -> str:
        source = (Path(self.root) / "rnn_desk/__init__.py").read_text("utf-8")
        found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
        assert found is not None
        return found[1]
