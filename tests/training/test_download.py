from __future__ import annotations

import gzip
import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rnn_desk.core.errors import Refused
from training import download as module
from training.datasets import DATASETS
from training.download import default_folder, download, download_archive, located

CONTENT = {"images": b"ink" * 5000, "labels": b"\x07\x01"}
SUMS = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
DEAD = "http://127.0.0.1:9/"
"""The discard port: nobody answers."""


@dataclass
class Mirror:
    """A web server of this machine alone; `files` is what it sends, byte for byte."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    promised: int = 0
    """Bytes that it says will follow, beyond those that it sends."""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    served = Mirror()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/")
            served.asked.append(name)
            if name not in served.files:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(served.files[name]) + served.promised))
            self.end_headers()
            self.wfile.write(served.files[name])

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}/"
    served.files = {f"{name}.gz": gzip.compress(content) for name, content in CONTENT.items()}
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


def test_files_are_fetched_once_and_whole(mirror: Mirror, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "mnist"
    assert download(folder, [mirror.address], SUMS) == [folder / "images.gz", folder / "labels.gz"]
    assert gzip.decompress((folder / "images.gz").read_bytes()) == CONTENT["images"]
    assert sorted(path.name for path in folder.iterdir()) == ["images.gz", "labels.gz"]
    assert download(folder, [DEAD], SUMS) == []
    assert len(mirror.asked) == 2


def test_only_what_is_missing_is_fetched(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "images").write_bytes(CONTENT["images"])
    assert download(tmp_path, [mirror.address], SUMS) == [tmp_path / "labels.gz"]
    assert mirror.asked == ["labels.gz"]


def test_the_second_mirror_helps_where_the_first_fails(mirror: Mirror, tmp_path: Path) -> None:
    download(tmp_path, [DEAD, mirror.address], SUMS)
    assert located(tmp_path, "labels") == tmp_path / "labels.gz"


@pytest.mark.parametrize("fault", ["other content", "cut short", "no gzip", "stops", "missing"])
def test_what_is_not_the_file_is_never_written(mirror: Mirror, tmp_path: Path, fault: str) -> None:
    good = mirror.files["images.gz"]
    if fault == "missing":
        del mirror.files["images.gz"]
    elif fault == "stops":
        mirror.files["images.gz"] = good[:-20]
        mirror.promised = 20
    else:
        mirror.files["images.gz"] = {
            "other content": gzip.compress(b"something else"),
            "cut short": good[:-20],
            "no gzip": b"<html>log in first</html>",
        }[fault]
    with pytest.raises(Refused, match=r"images could not be downloaded .*: check the network"):
        download(tmp_path, [mirror.address], SUMS)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        download(tmp_path, [DEAD], SUMS)
    assert str(tmp_path) in str(refused.value)
    assert "check the network, or copy the data set's files" in str(refused.value)


def test_another_file_in_the_place_is_left_alone(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "images.gz").write_bytes(b"my own")
    with pytest.raises(Refused, match="is not the published file: remove it"):
        download(tmp_path, [mirror.address], SUMS)
    assert (tmp_path / "images.gz").read_bytes() == b"my own"


def test_a_mirror_that_never_ends_is_given_up(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    mirror.files["images.gz"] = gzip.compress(b"\0" * 10_000_000)
    bomb = {"images": hashlib.sha256(b"\0" * 10_000_000).hexdigest()}
    with pytest.raises(Refused, match="checksum differs"):
        download(tmp_path, [mirror.address], bomb)


def test_a_folder_that_cannot_be_written_is_named(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused, match="cannot be written"):
        download(tmp_path / "file" / "mnist", [mirror.address], SUMS)


def test_the_default_folder_is_where_the_system_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    variables = {"linux": "XDG_CACHE_HOME", "win32": "LOCALAPPDATA"}
    for platform, variable in variables.items():
        monkeypatch.setattr(module.sys, "platform", platform)
        monkeypatch.setenv(variable, str(tmp_path))
        assert default_folder() == tmp_path / "rnn-desk"
        monkeypatch.delenv(variable)
        assert default_folder().is_relative_to(Path.home())


def test_the_checksums_are_those_of_mnist(shared_data: Path) -> None:
    assert DATASETS["mnist"].fetch(shared_data / "mnist") == []


def test_a_checksum_of_32_digits_is_the_md5_of_what_is_sent(mirror: Mirror, tmp_path: Path) -> None:
    sums = {
        name: hashlib.md5(mirror.files[f"{name}.gz"], usedforsecurity=False).hexdigest()
        for name in CONTENT
    }
    assert len(download(tmp_path / "good", [mirror.address], sums)) == 2
    assert download(tmp_path / "good", [DEAD], sums) == []
    with pytest.raises(Refused, match="checksum differs"):
        download(tmp_path / "bad", [mirror.address], {"images": sums["labels"]})
    assert not (tmp_path / "bad").exists()


@pytest.fixture
def archive(mirror: Mirror) -> str:
    """Serves a zip file that holds the two files in a folder; its MD5."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name in CONTENT:
            made.writestr(f"gzip/{name}.gz", mirror.files[f"{name}.gz"])
        made.writestr("gzip/other.gz", b"not wanted")
    mirror.files["all.zip"] = packed.getvalue()
    return hashlib.md5(packed.getvalue(), usedforsecurity=False).hexdigest()


def test_an_archive_gives_the_files_that_are_wanted_and_is_gone(
    mirror: Mirror, archive: str, tmp_path: Path
) -> None:
    address = [f"{mirror.address}all.zip"]
    fetched = download_archive(tmp_path, address, archive, tuple(CONTENT))
    assert fetched == [tmp_path / "images.gz", tmp_path / "labels.gz"]
    assert gzip.decompress(fetched[0].read_bytes()) == CONTENT["images"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["images.gz", "labels.gz"]
    assert download_archive(tmp_path, [DEAD], archive, tuple(CONTENT)) == []
    assert len(mirror.asked) == 1


@pytest.mark.parametrize("fault", ["dead", "other content", "no zip file"])
def test_an_archive_that_is_not_the_published_one_leaves_nothing(
    mirror: Mirror, archive: str, tmp_path: Path, fault: str
) -> None:
    if fault == "no zip file":
        mirror.files["all.zip"] = b"<html>moved</html>"
        archive = hashlib.md5(b"<html>moved</html>", usedforsecurity=False).hexdigest()
    elif fault == "other content":
        mirror.files["all.zip"] += b"more"
    address = [DEAD if fault == "dead" else f"{mirror.address}all.zip"]
    with pytest.raises(Refused, match=r"images could not be downloaded .*: check the network"):
        download_archive(tmp_path, address, archive, tuple(CONTENT))
    assert list(tmp_path.iterdir()) == []
