import gzip
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

from rnn_desk.core.errors import Refused
from rnn_desk.core.idx import MAX_BYTES, read_idx
from tests.helpers.idx import write_idx

IMAGES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
BOTH = pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "gzip"])


def read(path, data, dimensions=3):
    path.write_bytes(data)
    return read_idx(path, dimensions)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "images"


def test_the_format_byte_by_byte(path):
    data = b"\0\0\x08\x03" + bytes([0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]) + b"\x01\x02\xfe\xff"
    assert read(path, data).tolist() == [[[1, 2]], [[254, 255]]]
    assert write_idx(np.array([[[1, 2]], [[254, 255]]], dtype=np.uint8)) == data


@BOTH
@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=4, min_side=0)))
def test_written_and_read_again_it_is_the_same(tmp_path_factory, packed, array):
    path = tmp_path_factory.mktemp("idx") / "array"
    again = read(path, packed(write_idx(array)), array.ndim)
    assert again.dtype == np.uint8
    assert again.shape == array.shape
    assert np.array_equal(again, array)


@BOTH
def test_cut_short_anywhere_it_is_refused(path, packed):
    data = packed(write_idx(IMAGES))
    for length in range(len(data)):
        with pytest.raises(Refused, match=str(path)):
            read(path, data[:length])


@BOTH
def test_a_byte_too_many_is_refused(path, packed):
    with pytest.raises(Refused, match="should hold 24 bytes after its header and holds more"):
        read(path, packed(write_idx(IMAGES) + b"\0"))


def test_cut_short_it_says_how_much_is_missing(path):
    with pytest.raises(Refused, match="should hold 24 bytes after its header and holds 23"):
        read(path, write_idx(IMAGES)[:-1])
    with pytest.raises(Refused, match="ends within its header"):
        read(path, write_idx(IMAGES)[:15])
    with pytest.raises(Refused, match="gzip file cut short"):
        read(path, gzip.compress(write_idx(IMAGES))[:-1])


@BOTH
@pytest.mark.parametrize(
    "data", [b"\0\0\x0d\x03" + bytes(12), b"\x01\0\x08\x03" + bytes(12), b"P5 28 28 255\n", b"\0"]
)
def test_another_format_is_refused(path, packed, data):
    with pytest.raises(Refused, match="not an IDX file"):
        read(path, packed(data))


@BOTH
def test_images_and_labels_interchanged_are_told(path, packed):
    labels = packed(write_idx(np.full(60, 255, np.uint8)))
    with pytest.raises(
        Refused, match=r"is 1-dimensional, and not 3-dimensional as is needed.*interchanged"
    ):
        read(path, labels)
    with pytest.raises(
        Refused, match=r"is 3-dimensional, and not 1-dimensional as is needed.*interchanged"
    ):
        read(path, packed(write_idx(IMAGES)), dimensions=1)


@pytest.mark.parametrize("where", [2, 20, -8, -2])
def test_a_damaged_gzip_file_is_refused(path, where):
    data = bytearray(gzip.compress(write_idx(np.zeros((9, 28, 28), np.uint8))))
    data[where] ^= 0xFF
    with pytest.raises(Refused, match=str(path)):
        read(path, bytes(data))


def flood(header, megabytes):
    """A gzip file that unpacks to that header and then zeros."""
    packer = zlib.compressobj(wbits=31)
    packed = [packer.compress(header)]
    packed += [packer.compress(bytes(2**20)) for _ in range(megabytes)]
    return b"".join([*packed, packer.flush()])


@pytest.mark.parametrize("header", [write_idx(IMAGES)[:16], b"", b"\0\0\x08\x03"])
def test_a_small_file_cannot_flood_the_memory(path, header):
    path.write_bytes(flood(header, 64))
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            read_idx(path, 3)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2**20


@BOTH
@pytest.mark.parametrize("shape", [(2**32 - 1,) * 3, (MAX_BYTES // 784 + 1, 28, 28)])
def test_more_than_any_collection_holds_is_refused(path, packed, shape):
    with pytest.raises(Refused, match="says that it holds"):
        read(path, packed(struct.pack(">HBB3I", 0, 8, 3, *shape) + bytes(100)))


def test_files_that_cannot_be_read_are_refused(tmp_path):
    for path, reason in ((tmp_path, "folder"), (tmp_path / "absent", "does not exist")):
        with pytest.raises(Refused, match=reason):
            read_idx(path, 3)
    with pytest.raises(Refused, match="empty"):
        read(tmp_path / "empty", b"")


def test_mnist_itself(mnist_test):
    images, labels = mnist_test
    assert images.shape == (10_000, 28, 28)
    assert labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert images.dtype == labels.dtype == np.uint8
