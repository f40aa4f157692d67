"""Data sets in MNIST's file format: their files, their classes, and where they are published.

All are grey pictures of 28 x 28 pixels, so any recipe learns any of them:

    rnn-desk-train run lstm --data fashion-mnist
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import Literal

from .download import default_folder, download, download_archive, located

Part = Literal["train", "test"]

Files = tuple[str, str]
"""Names of a part's images and labels; each file may be packed, with `.gz` behind its name."""

_AS_MNIST: dict[Part, Files] = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
_DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class Dataset:
    """How a data set lies in its folder, and what its labels mean.

    first: the label of the first class. of_strokes: whether a pen drew the pictures.
    turned: the files hold columns where MNIST's hold rows.
    checksums: of each file, SHA-256 of it unpacked (64 digits) or MD5 of it packed (32), as its
    publisher gives them. archive: the MD5 of one zip file that holds all of them, instead.
    size: of what is downloaded, in words.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    files: Mapping[Part, Files] = field(default_factory=lambda: _AS_MNIST)
    first: int = 0
    of_strokes: bool = True
    turned: bool = False
    mirrors: Sequence[str] = ()
    checksums: Mapping[str, str] = field(default_factory=dict)
    archive: str = ""
    size: str = ""

    @property
    def every_file(self) -> list[str]:
        """The names of all four."""
        return [name for part in self.files.values() for name in part]

    def in_folder(self, folder: Path) -> bool:
        """Whether all of its files are there."""
        return all(located(folder, name) is not None for name in self.every_file)

    def fetch(self, folder: Path) -> list[Path]:
        """Download what is not there yet; the new files. Raises Refused, as `download` does."""
        if self.archive:
            return download_archive(folder, self.mirrors, self.archive, self.every_file)
        return download(folder, self.mirrors, self.checksums)


def _emnist(kind: str, title: str, classes: tuple[str, ...], first: int) -> Dataset:
    """EMNIST (Cohen et al. 2017) comes as one archive; its pictures lie on their side."""
    files: dict[Part, Files] = {
        part: (f"emnist-{kind}-{part}-images-idx3-ubyte", f"emnist-{kind}-{part}-labels-idx1-ubyte")
        for part in ("train", "test")
    }
    return Dataset(
        name=f"emnist-{kind}",
        title=title,
        classes=classes,
        files=files,
        first=first,
        turned=True,
        mirrors=("https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",),
        archive="58c8d27c78d21e728a6bc7b3cc06412e",
        size="560 MB, of which a part is kept",
    )


_ALL = (
    Dataset(
        name="mnist",
        title="MNIST, digits",
        classes=_DIGITS,
        mirrors=(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        # The mirrors need not pack the files alike.
        checksums={
            "train-images-idx3-ubyte": (
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
            ),
            "train-labels-idx1-ubyte": (
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
            ),
            "t10k-images-idx3-ubyte": (
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
            ),
            "t10k-labels-idx1-ubyte": (
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
            ),
        },
        size="11 MB",
    ),
    Dataset(
        name="fashion-mnist",
        title="Fashion-MNIST, clothes (Xiao, Rasul and Vollgraf 2017)",
        classes=(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ),
        of_strokes=False,
        mirrors=(
            "https://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ),
        checksums={
            "train-images-idx3-ubyte": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "train-labels-idx1-ubyte": "25c81989df183df01b3e8a0aad5dffbe",
            "t10k-images-idx3-ubyte": "bef4ecab320f06d8554ea6380940ec79",
            "t10k-labels-idx1-ubyte": "bb300cfdad3c16e7a12a480ee83cd310",
        },
        size="31 MB",
    ),
    Dataset(
        name="kmnist",
        title="KMNIST, cursive Japanese (Clanuwat et al. 2018)",
        classes=("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"),
        mirrors=("http://codh.rois.ac.jp/kmnist/dataset/kmnist/",),
        checksums={
            "train-images-idx3-ubyte": "bdb82020997e1d708af4cf47b453dcf7",
            "train-labels-idx1-ubyte": "e144d726b3acfaa3e44228e80efcd344",
            "t10k-images-idx3-ubyte": "5c965bf0a639b31b8f53240b1b52f4d7",
            "t10k-labels-idx1-ubyte": "7320c461ea6c1c855c0b718fb2a4b134",
        },
        size="21 MB",
    ),
    _emnist("letters", "EMNIST, letters of both cases", tuple(ascii_uppercase), first=1),
    _emnist("digits", "EMNIST, digits", _DIGITS, first=0),
)

DATASETS = {dataset.name: dataset for dataset in _ALL}
"""What can be named in place of a folder."""


def dataset_named(name: str) -> Dataset:
    """The data set of that name; one that is not known lies in its folder as MNIST does."""
    return DATASETS.get(name, Dataset(name, name, _DIGITS))


def of_folder(folder: Path) -> Dataset:
    """Which data set a folder holds, as far as its name and its files' names tell; else MNIST.

    MNIST, Fashion-MNIST and KMNIST name their files alike, so a folder of either must have its
    name: `fashion-mnist`, say.
    """
    named = DATASETS.get(folder.resolve().name)
    if named is not None:
        return named
    # "train" is enough: who trains need not have the test part.
    return next(
        (d for d in _ALL if located(folder, d.files["train"][0]) is not None), DATASETS["mnist"]
    )


def own_folder(dataset: Dataset) -> Path:
    """Where the program keeps a data set that it downloaded."""
    return default_folder() / dataset.name
