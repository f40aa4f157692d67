from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
import torch

from rnn_desk.core.errors import Refused
from tests.helpers.idx import write_idx
from training.data import Digits, Material, pixel_statistics, read_digits, split
from training.datasets import of_folder
from training.recipes import recipe_named

IMAGES, LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"


def test_pictures_come_as_ink_from_0_to_1(own_digits_folder: Path) -> None:
    pictures = np.zeros((2, 28, 28), np.uint8)
    pictures[1, 3, 4] = 255
    (own_digits_folder / IMAGES).write_bytes(write_idx(pictures))
    (own_digits_folder / LABELS).write_bytes(write_idx(np.array([7, 1], np.uint8)))
    images, labels = read_digits(own_digits_folder, "train", 10).batch(slice(None))
    assert images.dtype == torch.float32
    assert images.sum() == images[1, 3, 4] == 1
    assert labels.tolist() == [7, 1]


def test_packed_files_are_read_like_raw_ones(own_digits_folder: Path) -> None:
    raw = read_digits(own_digits_folder, "test", 10)
    for path in own_digits_folder.glob("t10k*"):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    packed = read_digits(own_digits_folder, "test", 10)
    assert packed.digest() == raw.digest()


def test_the_validation_part_is_never_learnt_from(digits_folder: Path) -> None:
    digits = read_digits(digits_folder, "train", 10)
    learn, choose = split(digits)
    assert (len(learn), len(choose)) == (550, 50)
    assert torch.equal(torch.cat([learn.images, choose.images]), digits.images)
    assert torch.equal(torch.cat([learn.labels, choose.labels]), digits.labels)


def test_an_epoch_shows_each_picture_once_and_each_drawing_as_often_as_asked() -> None:
    numbered = Digits(torch.zeros(20, 28, 28, dtype=torch.uint8), torch.arange(20))
    learn, drawn = numbered.part(0, 8), numbered.part(8, 20)  # 3 drawings in 4 renderings each
    material = Material(learn, numbered.part(0, 1), drawn, renderings=4)
    torch.manual_seed(0)
    order, again = material.order(2), material.order(2)
    assert not torch.equal(order, again)
    shown = material.everything().labels[order]
    assert sorted(shown[shown < 8].tolist()) == list(range(8))
    assert sorted((shown[shown >= 8] // 4 - 2).tolist()) == [0, 0, 1, 1, 2, 2]
    renderings = torch.cat([material.order(2) for _ in range(50)])
    assert set(renderings.tolist()) == set(range(20))


@pytest.mark.parametrize("own", [1, 2, 3])
def test_a_persons_drawings_weigh_as_much_as_all_the_rest(own: int) -> None:
    numbered = Digits(torch.zeros(112, 28, 28, dtype=torch.uint8), torch.arange(112))
    material = Material(
        numbered.part(0, 100), numbered.part(0, 1), numbered.part(100, 112), renderings=4, own=own
    )
    shown = material.everything().labels[material.order(1, outweighs=True)]
    mine = ((shown >= 100) & (shown < 100 + 4 * own)).sum().item()
    assert len(shown) <= 2 * mine < len(shown) + 2 * own
    assert sorted(shown[shown < 100].tolist()) == list(range(100))


def test_without_drawings_an_epoch_is_every_picture_once() -> None:
    numbered = Digits(torch.zeros(20, 28, 28, dtype=torch.uint8), torch.arange(20))
    material = Material(numbered, numbered.part(0, 1))
    assert sorted(material.order(2).tolist()) == list(range(20))
    assert material.everything() is numbered


def test_drawings_are_part_of_the_digest(digits_folder: Path) -> None:
    material = Material.of(read_digits(digits_folder, "train", 10))
    drawn = Material(material.learn, material.choose, material.choose)
    assert material.digest() != drawn.digest()


def test_other_pictures_or_labels_have_another_digest(digits_folder: Path) -> None:
    digits = read_digits(digits_folder, "train", 10)
    assert digits.digest() == read_digits(digits_folder, "train", 10).digest()
    assert digits.digest() != digits.part(0, 599).digest()
    assert digits.digest() != Digits(digits.images, (digits.labels + 1) % 10).digest()


def test_too_few_pictures_to_keep_one_back_are_refused(digits_folder: Path) -> None:
    with pytest.raises(Refused, match="11 training pictures are too few"):
        split(read_digits(digits_folder, "train", 10).part(0, 11))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (IMAGES, b"PNG and so on", "is not an IDX file"),
        (IMAGES, write_idx(np.zeros(600, np.uint8)), "may be interchanged"),
        (IMAGES, write_idx(np.zeros((600, 28, 28), np.uint8))[:-5], "get it again"),
        (IMAGES, gzip.compress(write_idx(np.zeros((600, 28, 28), np.uint8)))[:-9], "cut short"),
        (IMAGES, write_idx(np.zeros((600, 20, 20), np.uint8)), "20 x 20 pixels"),
        (IMAGES, write_idx(np.zeros((0, 28, 28), np.uint8)), "600 labels"),
        (LABELS, write_idx(np.zeros(599, np.uint8)), "600 pictures and .* 599 labels"),
        (
            LABELS,
            write_idx(np.full(600, 10, np.uint8)),
            "holds the label 10, .* 10 classes are 0 to 9",
        ),
        (LABELS, b"", "is empty"),
    ],
)
def test_files_that_cannot_be_learnt_from_are_refused_in_a_sentence(
    own_digits_folder: Path, name: str, content: bytes, sentence: str
) -> None:
    (own_digits_folder / name).write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        read_digits(own_digits_folder, "train", 10)


def test_no_pictures_at_all_are_refused(own_digits_folder: Path) -> None:
    (own_digits_folder / IMAGES).write_bytes(write_idx(np.zeros((0, 28, 28), np.uint8)))
    (own_digits_folder / LABELS).write_bytes(write_idx(np.zeros(0, np.uint8)))
    with pytest.raises(Refused, match="holds no pictures"):
        read_digits(own_digits_folder, "train", 10)


def test_a_folder_without_mnist_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=rf"has no {IMAGES}.*rnn-desk-train download mnist"):
        read_digits(tmp_path, "train", 10)


def letters(folder: Path, labels: list[int]) -> Path:
    """EMNIST's letters: pictures on their side, of a bar along the top, and labels from 1."""
    images = np.zeros((len(labels), 28, 28), np.uint8)
    images[:, 4:24, 5] = 255  # as the file has it: columns first, so the top row is a column
    folder.mkdir(exist_ok=True)
    for part in ("train", "test"):
        stem = f"emnist-letters-{part}"
        (folder / f"{stem}-images-idx3-ubyte").write_bytes(write_idx(images))
        (folder / f"{stem}-labels-idx1-ubyte").write_bytes(write_idx(np.array(labels, np.uint8)))
    return folder


def test_emnist_is_turned_upright_and_its_letters_counted_from_a(tmp_path: Path) -> None:
    folder = letters(tmp_path, [1, 26, 3])
    dataset = of_folder(folder)
    assert dataset.name == "emnist-letters"
    digits = read_digits(folder, "train", len(dataset.classes), dataset.name)
    assert [dataset.classes[label] for label in digits.labels] == ["A", "Z", "C"]
    assert digits.images[0, 5, 4:24].eq(255).all()
    assert digits.images[0].sum() == 20 * 255


def test_a_label_before_the_first_class_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds the label 0, and its 26 classes are 1 to 26"):
        read_digits(letters(tmp_path, [1, 0]), "test", 26, "emnist-letters")


def test_a_folder_tells_by_its_name_or_its_files_what_it_holds(
    own_digits_folder: Path, tmp_path: Path
) -> None:
    assert of_folder(own_digits_folder).name == "mnist"
    renamed = own_digits_folder.rename(tmp_path / "fashion-mnist")
    assert of_folder(renamed).classes[9] == "Ankle boot"


def test_mean_and_deviation_are_those_of_all_pixels() -> None:
    torch.manual_seed(0)
    images = torch.randint(256, (7, 28, 28), dtype=torch.uint8)
    mean, deviation = pixel_statistics(Digits(images, torch.zeros(7)))
    assert mean == pytest.approx(float((images / 255).mean()), abs=1e-4)
    assert deviation == pytest.approx(float((images / 255).std()), abs=1e-3)


def test_the_recipes_numbers_are_those_of_mnist(shared_data: Path) -> None:
    recipe = recipe_named("lstm")
    digits = read_digits(shared_data / "mnist", "train", 10)
    assert pixel_statistics(digits) == (recipe.mean, recipe.deviation)


def test_an_epoch_may_show_a_part_of_the_data_set_another_each_time() -> None:
    numbered = Digits(torch.zeros(200, 28, 28, dtype=torch.uint8), torch.arange(200))
    material = Material(numbered.part(0, 100), numbered.part(0, 1), numbered.part(100, 104), 4)
    first, second = material.order(3, at_most=20), material.order(3, at_most=20)
    for order in (first, second):
        assert len(order) == 23
        assert len(set(order[order < 100].tolist())) == 20
    assert set(first.tolist()) != set(second.tolist())
