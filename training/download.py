"""Data sets from the network into a folder: whole and checked, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import io
import os
import sys
import tempfile
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, write_whole

from .console import bar_stream

MAX_BYTES = 2**27
"""More than any of the files has, packed or not; a mirror that sends more sends something else."""

TIMEOUT = 30.0
"""Seconds without a byte after which a mirror is given up."""

MAX_ARCHIVE = 2**30
"""Likewise of an archive; EMNIST's has 562 million bytes."""

_PORTION = 2**16
_GZIP = b"\x1f\x8b"


def default_folder() -> Path:
    """Where data sets are kept for this person on this system, unless they say otherwise."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rnn-desk"


def located(folder: Path, name: str) -> Path | None:
    """The file of that name in `folder`, raw or packed, if it is there."""
    for candidate in (folder / name, folder / f"{name}.gz"):
        if candidate.is_file():
            return candidate
    return None


def download(
    folder: Path,
    mirrors: Sequence[str],
    checksums: Mapping[str, str],
) -> list[Path]:
    """Put the files of `checksums` into `folder`, those that are not there yet; returns those.

    Each is written whole, packed as the mirror sent it, once it has the right checksum: one of 64
    digits is the SHA-256 of its unpacked bytes, one of 32 the MD5 of the packed ones.

    Raises Refused where no mirror gives a file, where one cannot be written, or where
    another file of its name is in its place, which is left as it is.
    """
    fetched = []
    for name, checksum in checksums.items():
        there = located(folder, name)
        if there is None:
            target = folder / f"{name}.gz"
            write_whole(target, _from_any(mirrors, name, checksum, folder))
            fetched.append(target)
        elif not _is_right(read_regular(there, MAX_BYTES), checksum):
            raise Refused(
                "{file} is there and is not the published file: remove it, or name another folder "
                "with --data",
                file=there,
            )
    return fetched


def _from_any(mirrors: Sequence[str], name: str, checksum: str, folder: Path) -> bytes:
    """The packed file from the first mirror that has it right."""
    reasons = []
    for mirror in mirrors:
        try:
            data = _fetch(f"{mirror}{name}.gz")
        except (OSError, http.client.HTTPException) as error:
            reasons.append(f"{mirror}: {getattr(error, 'reason', None) or error}")
            continue
        if data[:2] == _GZIP and _is_right(data, checksum):
            return data
        reasons.append(f"{mirror}: what came is not the file, its checksum differs")
    raise Refused(
        "{name} could not be downloaded ({reasons}): check the network, "
        "or copy the data set's files into {folder}",
        name=name,
        reasons="; ".join(reasons),
        folder=folder,
    )


def download_archive(
    folder: Path, mirrors: Sequence[str], md5: str, names: Sequence[str]
) -> list[Path]:
    """Put files of those names, packed with gzip, from one zip file into `folder`; the new ones.

    The zip file, which may be large, goes to a temporary file in the folder and is gone again
    afterwards. Raises Refused, as `download` does.
    """
    missing = [name for name in names if located(folder, name) is None]
    if not missing:
        return []
    reasons = []
    for mirror in mirrors:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as kept:
                checksum = hashlib.md5(usedforsecurity=False)
                for portion in _portions(mirror, MAX_ARCHIVE):
                    checksum.update(portion)
                    kept.write(portion)
                if checksum.hexdigest() != md5:
                    reasons.append(f"{mirror}: what came is not the file, its checksum differs")
                    continue
                return _unpacked(zipfile.ZipFile(kept), folder, missing)
        except (OSError, http.client.HTTPException, zipfile.BadZipFile) as error:
            reasons.append(f"{mirror}: {getattr(error, 'reason', None) or error}")
    raise Refused(
        "{name} could not be downloaded ({reasons}): check the network and the disk, "
        "or copy the data set's files into {folder}",
        name=missing[0],
        reasons="; ".join(reasons),
        folder=folder,
    )


def _unpacked(archive: zipfile.ZipFile, folder: Path, names: Sequence[str]) -> list[Path]:
    """The files of those names, each from whatever folder of the archive, written to `folder`."""
    inside = {entry.rpartition("/")[2]: entry for entry in archive.namelist()}
    fetched = []
    for name in names:
        if f"{name}.gz" not in inside:
            raise Refused("the archive has no {name}", name=name)
        fetched.append(folder / f"{name}.gz")
        write_whole(fetched[-1], archive.read(inside[f"{name}.gz"]))
    return fetched


def _fetch(url: str) -> bytes:
    """What lies at that address. Raises OSError or HTTPException."""
    return b"".join(_portions(url, MAX_BYTES))


def _portions(url: str, limit: int) -> Iterator[bytes]:
    """What lies at that address, up to a little over `limit` bytes, with a progress bar."""
    from tqdm import tqdm  # of the extra `train`, which help can do without

    received = 0
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
        size = answer.headers.get("Content-Length", "")
        with tqdm(
            total=int(size) if size.isdigit() else None,
            desc=url.rpartition("/")[2],
            unit="B",
            unit_scale=True,
            leave=False,
            disable=None,  # where stderr is no terminal
            file=bar_stream(),
        ) as bar:
            while received <= limit and (portion := answer.read(_PORTION)):
                received += len(portion)
                bar.update(len(portion))
                yield portion


def _is_right(data: bytes, checksum: str) -> bool:
    """Whether the bytes of a file have that checksum, see `download`.

    The MD5 of a packed file says nothing of one that is unpacked: that is read as it is, and what
    reads it looks whether it is whole.
    """
    packed = data[:2] == _GZIP
    if len(checksum) == 32:
        return not packed or hashlib.md5(data, usedforsecurity=False).hexdigest() == checksum
    if packed:
        try:
            with gzip.open(io.BytesIO(data)) as stream:
                data = stream.read(MAX_BYTES)
        except (OSError, EOFError, zlib.error):
            data = b""
    return hashlib.sha256(data).hexdigest() == checksum
