"""MNIST: which files it is, where they are kept, and how they get there."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import io
import os
import sys
import urllib.request
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, write_whole

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)

CHECKSUMS = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
"""SHA-256 of MNIST's files as they are *unpacked*: the mirrors need not pack them alike."""

MAX_BYTES = 2**27
"""More than any of the files has, packed or not; a mirror that sends more sends something else."""

TIMEOUT = 30.0
"""Seconds without a byte after which a mirror is given up."""

_PORTION = 2**16


def default_folder() -> Path:
    """Where MNIST is kept for this person on this system, unless they say otherwise."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rnn-desk" / "mnist"


def located(folder: Path, name: str) -> Path | None:
    """The file of that name in `folder`, raw or packed, if it is there."""
    for candidate in (folder / name, folder / f"{name}.gz"):
        if candidate.is_file():
            return candidate
    return None


def download(
    folder: Path,
    mirrors: Sequence[str] = MIRRORS,
    checksums: Mapping[str, str] = CHECKSUMS,
) -> list[Path]:
    """Put the files of `checksums` into `folder`, those that are not there yet; returns those.

    Each is written whole, packed as the mirror sent it, once its unpacked bytes have the right
    SHA-256. Raises Refused where no mirror gives a file, where one cannot be written, or where
    another file of its name is in its place, which is left as it is.
    """
    fetched = []
    for name, checksum in checksums.items():
        there = located(folder, name)
        if there is None:
            target = folder / f"{name}.gz"
            write_whole(target, _from_any(mirrors, name, checksum, folder))
            fetched.append(target)
        elif _checksum(read_regular(there, MAX_BYTES)) != checksum:
            raise Refused(
                "{file} is there and is not MNIST's: remove it, or name another folder with --data",
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
        if _checksum(data) == checksum:
            return data
        reasons.append(f"{mirror}: what came is not the file, its checksum differs")
    raise Refused(
        "{name} could not be downloaded ({reasons}): check the network, "
        "or copy MNIST's four files into {folder}",
        name=name,
        reasons="; ".join(reasons),
        folder=folder,
    )


def _fetch(url: str) -> bytes:
    """What lies at that address, with a progress bar. Raises OSError or HTTPException."""
    data = bytearray()
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
        size = answer.headers.get("Content-Length", "")
        with tqdm(
            total=int(size) if size.isdigit() else None,
            desc=url.rpartition("/")[2],
            unit="B",
            unit_scale=True,
            leave=False,
            disable=None,  # where stderr is no terminal
            file=sys.stderr,
        ) as bar:
            while (portion := answer.read(_PORTION)) and len(data) <= MAX_BYTES:
                data += portion
                bar.update(len(portion))
    return bytes(data)


def _checksum(data: bytes) -> str:
    """SHA-256 of what the bytes are once unpacked; of nothing, where they cannot be."""
    if data[:2] == b"\x1f\x8b":
        try:
            with gzip.open(io.BytesIO(data)) as stream:
                data = stream.read(MAX_BYTES)
        except (OSError, EOFError, zlib.error):
            data = b""
    return hashlib.sha256(data).hexdigest()
