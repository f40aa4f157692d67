import errno
import gzip
import io
import os
import tracemalloc
from pathlib import Path

import pytest

from rnn_desk.core import files
from rnn_desk.core.errors import Refused
from rnn_desk.core.files import read_regular, read_text_lines, write_whole, writing_whole

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


def lines(path):
    return list(read_text_lines(path))


def whole(path):
    return read_regular(path, limit=2**20)


READERS = pytest.mark.parametrize("read", [lines, whole])


def raises(error):
    def opened(*_args, **_kwargs):
        raise error

    return opened


# --- reading ---


def test_bytes_and_lines_come_as_they_are(tmp_path):
    path = tmp_path / "a"
    path.write_bytes("é\r\nb\n\u2028c\0".encode())
    assert whole(path) == "é\r\nb\n\u2028c\0".encode()
    assert lines(path) == ["é\r\n", "b\n", "\u2028c\0"]


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_packed_or_not_the_lines_are_the_same(tmp_path, packed):
    path = tmp_path / "a"
    path.write_bytes(packed(b"a\nb"))
    assert lines(path) == ["a\n", "b"]


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_the_mark_that_some_editors_set_is_no_text(tmp_path, packed):
    path = tmp_path / "a"
    path.write_bytes(packed("\ufeffa\n\ufeffb".encode()))
    assert lines(path) == ["a\n", "\ufeffb"]


@READERS
def test_what_is_not_there_is_refused(tmp_path, read):
    with pytest.raises(Refused, match="does not exist"):
        read(tmp_path / "absent")
    with pytest.raises(Refused, match="does not exist"):
        read(tmp_path / "absent" / "file")


@READERS
def test_a_folder_is_refused(tmp_path, read):
    with pytest.raises(Refused, match="is a folder"):
        read(tmp_path)


@posix
@READERS
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_before_it_is_read(read, device):
    with pytest.raises(Refused, match="not an ordinary file"):
        read(Path(device))


@posix
@READERS
def test_a_pipe_is_refused_and_blocks_nothing(tmp_path, read):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="not an ordinary file"):
        read(tmp_path / "pipe")


@posix
@READERS
def test_a_link_to_itself_is_refused(tmp_path, read):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(Refused, match="loop"):
        read(tmp_path / "loop")


@READERS
def test_a_name_longer_than_any_is_refused(tmp_path, read):
    with pytest.raises(Refused, match=r"cannot be read|does not exist"):
        read(tmp_path / ("a" * 5000))


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read anything")
@READERS
def test_what_may_not_be_read_is_refused(tmp_path, read):
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a").write_bytes(b"a")
    (closed / "a").chmod(0)
    with pytest.raises(Refused, match="may not be read"):
        read(closed / "a")
    closed.chmod(0)
    with pytest.raises(Refused, match="may not be read"):
        read(closed / "a")
    closed.chmod(0o700)


@READERS
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not be read"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
        (OSError("no number"), "cannot be read: unknown reason"),
    ],
)
def test_every_failure_of_the_disk_is_a_sentence(tmp_path, monkeypatch, read, error, reason):
    path = tmp_path / "a"
    path.write_bytes(b"a")
    monkeypatch.setattr(Path, "open", raises(error))
    with pytest.raises(Refused, match=reason):
        read(path)


@READERS
@pytest.mark.parametrize("error", [errno.EACCES, errno.ENAMETOOLONG])
def test_where_not_even_the_kind_of_a_file_is_told(tmp_path, monkeypatch, read, error):
    monkeypatch.setattr(Path, "stat", raises(OSError(error, os.strerror(error))))
    with pytest.raises(Refused, match=r"may not be read|cannot be read"):
        read(tmp_path / "a")


def test_an_empty_file_is_no_content_and_has_no_lines(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(Refused, match="is empty"):
        whole(tmp_path / "a")
    assert lines(tmp_path / "a") == []


def test_a_file_up_to_the_limit_is_read(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(bytes(2**20))
    assert len(whole(path)) == 2**20
    path.write_bytes(bytes(2**20 + 1))
    with pytest.raises(Refused, match="larger than 1 MiB"):
        whole(path)


@posix
def test_a_file_far_beyond_the_limit_takes_no_memory(tmp_path):
    path = tmp_path / "a"
    with path.open("wb") as stream:
        stream.truncate(2**36)  # a hole: no disk has these 64 GiB
    with pytest.raises(Refused, match="larger than 1 MiB"):
        whole(path)
    path.write_bytes(b"small")
    tracemalloc.start()
    try:
        assert read_regular(path, limit=2**40) == b"small"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2**20


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_an_endless_line_is_refused(tmp_path, monkeypatch, packed):
    monkeypatch.setattr(files, "MAX_LINE", 100)
    path = tmp_path / "a"
    path.write_bytes(packed(b"a\n" + bytes(1000)))
    some = read_text_lines(path)
    assert next(some) == "a\n"
    with pytest.raises(Refused, match="line longer than"):
        next(some)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a\n\xe9\n", b"\xed\xa0\x80"])
def test_what_is_no_utf8_is_refused(tmp_path, data):
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(Refused, match="UTF-8"):
        lines(tmp_path / "a")


def test_a_gzip_file_cut_short_anywhere_is_refused(tmp_path):
    path = tmp_path / "a.gz"
    packed = gzip.compress(b"some lines\n" * 9)
    for length in range(2, len(packed)):
        path.write_bytes(packed[:length])
        with pytest.raises(Refused, match="damaged gzip"):
            lines(path)


def test_a_gzip_file_with_one_wrong_byte_is_refused_or_text(tmp_path):
    """Some bytes of its header, such as the time, mean nothing to the lines."""
    path = tmp_path / "a.gz"
    packed = gzip.compress(b"some lines\n" * 9)
    refusals = 0
    for k in range(2, len(packed)):
        path.write_bytes(packed[:k] + bytes([packed[k] ^ 0x55]) + packed[k + 1 :])
        try:
            assert lines(path) == ["some lines\n"] * 9
        except Refused:
            refusals += 1
    assert refusals > len(packed) / 2


# --- writing ---


def test_a_file_is_written_with_the_folders_it_needs(tmp_path):
    path = tmp_path / "new" / "folder" / ("n" * 240)
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_is_not_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path, Path(), Path(), Path(".."), Path("/")):
        with pytest.raises(Refused, match="is a folder"):
            write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_a_folder_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(Refused, match="cannot be written"):
        write_whole(tmp_path / "a" / "b", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Refused),
        (PermissionError(errno.EACCES, "Permission denied"), Refused),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (MemoryError(), MemoryError),
    ],
)
@pytest.mark.parametrize("at", [(os, "fsync"), (Path, "replace")])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, at, error, told):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(*at, raises(error))
    with pytest.raises(told) as caught:
        write_whole(path, b"new")
    if told is Refused:
        assert str(caught.value) == f"{path} cannot be written: {error.strerror}"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full here")
def test_a_full_disk_is_a_sentence(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with monkeypatch.context() as full:
        full.setattr(Path, "open", lambda *_: io.FileIO("/dev/full", "w"))
        with pytest.raises(Refused, match="No space left"):
            write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_nobody_sees_half_a_file(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    seen = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (seen.append(path.read_bytes()), real(fd)))
    write_whole(path, b"new" * 10)
    assert seen == [b"old"]
    assert path.read_bytes() == b"new" * 10


def test_a_file_that_is_in_use_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    moved, tries = Path.replace, []

    def in_use(own, target):
        tries.append(own)
        if len(tries) < 3:
            raise PermissionError("another process has it open")
        return moved(own, target)

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(Refused):  # elsewhere, no is no
        write_whole(path, b"new")
    monkeypatch.setattr("rnn_desk.core.files.sys.platform", "win32")
    write_whole(path, b"new")
    assert (path.read_bytes(), len(tries)) == (b"new", 3)


def test_what_is_given_up_half_way_leaves_the_old_file(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def write_half():
        with writing_whole(path) as stream:
            stream.write(b"ne")
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]
