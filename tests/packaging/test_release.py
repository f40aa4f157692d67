"""What the release check finds, without building: `tests/outside/release.py` does that too."""

import pytest

from tests.outside import release


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A repository whose files say a version."""
    monkeypatch.setattr(release, "REPOSITORY", tmp_path)
    (tmp_path / "rnn_desk").mkdir()
    (tmp_path / "rnn_desk" / "__init__.py").write_text('__version__ = "1.2.0"\n')
    (tmp_path / "CITATION.cff").write_text("version: 1.2.0\n")
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 1.2.0 (2027-01-05)\n")
    return tmp_path


@pytest.mark.usefixtures("tree")
def test_one_version_everywhere_stands_in_nobodys_way():
    assert list(release.other_versions("v1.2.0")) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("CHANGELOG.md", "## 1.2.0 (not released yet)\n", "## 1.2.0 (not released yet), not that"),
        ("CHANGELOG.md", "## 1.1.0\n\n## 1.2.0\n", "CHANGELOG.md says ## 1.1.0"),
        ("CHANGELOG.md", "# Changes\n", "CHANGELOG.md says None"),
        ("CITATION.cff", "version: 1.1.0\n", "CITATION.cff says version: 1.1.0"),
    ],
)
def test_another_version_is_named(tree, name, text, said):
    (tree / name).write_text(text)
    [reason] = release.other_versions(None)
    assert said in reason


@pytest.mark.usefixtures("tree")
def test_another_tag_is_named():
    assert list(release.other_versions("v1.3.0")) == ["the tag is v1.3.0, and the version 1.2.0"]


def test_what_nobody_knows_is_named(tmp_path):
    path = tmp_path / "addresses.toml"
    path.write_text('repository = "https://example.org/a/b"\nsecurity = ""\n')
    assert list(release.unknown(path)) == ["addresses.toml: security is unknown"]
