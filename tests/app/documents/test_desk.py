import hashlib
import json
import os
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnn_desk.app import schema
from rnn_desk.app.documents import desk as desks
from rnn_desk.app.documents import desk_models
from rnn_desk.app.documents.desk import open_desk, save_desk, unpack, unpacked_before
from rnn_desk.app.documents.desk_archive import MAX_MEMBERS
from rnn_desk.app.state import AppState, Models, Personal
from rnn_desk.app.text import Document
from rnn_desk.app.values import LayerShown, ModelChoice, Unit
from rnn_desk.assets_door import asset
from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import InputReading
from rnn_desk.core.errors import Refused
from tests.models.manifest import FILES

FOREIGN = FILES / "ts_rnn_batch1.onnx"
EXTERNAL = FILES / "dynamo_lstm_external.onnx"
OWN = ModelChoice(str(asset("models", "gru.onnx")))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mine.rnndesk"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "models"


def reading(first, second=None):
    return replace(AppState(), models=Models(first, second))


def foreign(path=FOREIGN, *watched):
    return ModelChoice(str(path), watched)


def same(a, b):
    return schema.written(a, Document.DESK) == schema.written(b, Document.DESK)


def member(data, kind="onnx"):
    return f"models/{hashlib.sha256(data).hexdigest()}.{kind}"


def pack(path, record, *members, text=None):
    """An archive as anybody could make one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("desk.json", json.dumps(record) if text is None else text)
        for name, data in members:
            archive.writestr(name, data)
    return path


def refused(path, words):
    with pytest.raises(Refused, match=words) as caught:
        open_desk(path)
    assert path.name in str(caught.value)


# What is saved, and opened again.


def test_a_desk_comes_back(path, full):
    save_desk(path, full, {}, {})
    saved = open_desk(path)
    assert saved.models == ()
    assert same(saved.over(AppState(), {}), full)


def test_what_the_desk_does_not_say_is_as_at_first(path, full):
    save_desk(path, AppState(), {}, {})
    assert same(open_desk(path).over(full, {}), AppState())


def test_what_no_desk_says_stays(path, full):
    mine = replace(full, personal=Personal(folder="/mine", recent=("/a.onnx",)))
    save_desk(path, mine, {}, {})
    assert b"/mine" not in path.read_bytes()
    other = replace(AppState(), personal=Personal(folder="/theirs"))
    assert open_desk(path).over(other, {}).personal == other.personal


def test_what_a_newer_version_wrote_is_written_again(path):
    pack(path, {"rnndesk": 1, "row": 5, "from_the_future": {"x": [1]}})
    saved = open_desk(path)
    state = saved.over(AppState(), {})
    assert state.pointed.stays == 4
    save_desk(path, state, saved.unknown, {})
    assert open_desk(path).unknown == {"from_the_future": {"x": [1]}}


def test_a_file_that_cannot_be_written_is_refused_and_left(tmp_path, path):
    path.write_bytes(b"old")
    with pytest.raises(Refused, match="does not exist"):
        save_desk(path, reading(foreign(tmp_path / "absent.onnx")), {}, {})
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"old"


# Models of other people's.


def test_a_foreign_model_is_inside_and_named_by_its_hash(path):
    save_desk(path, reading(foreign(FOREIGN, "a"), OWN), {}, {})
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["desk.json", member(FOREIGN.read_bytes())]
        text = archive.read("desk.json").decode()
    assert str(FOREIGN.parent) not in text
    (model,) = open_desk(path).models
    assert (model.name, model.size) == (FOREIGN.name, FOREIGN.stat().st_size)


def test_nothing_is_unpacked_before_that_is_asked_for(path, folder):
    save_desk(path, reading(foreign()), {}, {})
    saved = open_desk(path)
    assert not folder.exists()
    assert unpacked_before(saved, folder) == {}
    assert not folder.exists()


def test_an_accepted_model_is_unpacked(path, folder):
    save_desk(path, reading(foreign(FOREIGN, "a"), OWN), {}, {})
    saved = open_desk(path)
    there = unpack(saved, folder)
    models = saved.over(AppState(), there).models
    assert models.second == OWN
    assert models.first.watched == ("a",)
    file = folder / saved.models[0].folder / FOREIGN.name
    assert models.first.path == str(file)
    assert file.read_bytes() == FOREIGN.read_bytes()
    assert unpacked_before(saved, folder) == there
    assert [each.name for each in folder.iterdir()] == [saved.models[0].folder]


def test_a_model_that_is_not_accepted_is_left_out_with_what_is_of_it_alone(path, full):
    save_desk(path, replace(full, models=Models(foreign(), OWN)), {}, {})
    state = open_desk(path).over(AppState(), {})
    assert state.models == Models(None, OWN)
    assert state.lab == full.lab.picture_alone()
    assert state.pointed == replace(full.pointed, unit_stays=None)
    assert state.views == replace(full.views, layers=())
    assert state.canvas.finished.label == "七"


def test_weights_beside_a_model_go_with_it(path, folder):
    save_desk(path, reading(foreign(EXTERNAL)), {}, {})
    saved = open_desk(path)
    file = unpack(saved, folder)[saved.models[0].key]
    weights = EXTERNAL.with_name(EXTERNAL.name + ".data")
    assert saved.models[0].size == EXTERNAL.stat().st_size + weights.stat().st_size
    assert file.with_name(weights.name).read_bytes() == weights.read_bytes()


def test_the_same_model_twice_is_inside_once(path, folder):
    save_desk(path, reading(foreign(), foreign()), {}, {})
    saved = open_desk(path)
    assert len(saved.models) == 1
    models = saved.over(AppState(), unpack(saved, folder)).models
    assert models.first == models.second != None  # noqa: E711  both are there


def with_weights(folder, name, weights):
    """A model whose numbers lie beside it; such are alike in all but those."""
    folder.mkdir()
    (folder / name).write_bytes(EXTERNAL.read_bytes())
    (folder / f"{EXTERNAL.name}.data").write_bytes(weights)
    return foreign(folder / name)


@pytest.mark.parametrize(
    ("names", "weights"),
    [(("m.onnx", "m.onnx"), (b"one", b"two")), (("m.onnx", "n.onnx"), (b"one", b"one"))],
)
def test_models_that_differ_in_any_file_stay_two(tmp_path, path, folder, names, weights):
    choices = [
        with_weights(tmp_path / place, name, data)
        for place, name, data in zip("ab", names, weights, strict=True)
    ]
    save_desk(path, reading(*choices), {}, {})
    saved = open_desk(path)
    assert len(saved.models) == 2
    models = saved.over(AppState(), unpack(saved, folder)).models
    files = [Path(each.path) for each in (models.first, models.second)]
    assert tuple(file.name for file in files) == names
    beside = [file.with_name(f"{EXTERNAL.name}.data").read_bytes() for file in files]
    assert tuple(beside) == weights
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == 2 + len(set(weights))


def test_what_version_1_wrote_is_opened(path, folder):
    data, weights = EXTERNAL.read_bytes(), EXTERNAL.with_name(EXTERNAL.name + ".data").read_bytes()
    beside = {f"{EXTERNAL.name}.data": member(weights, "data")}
    inside = {member(data): {"name": "mine.onnx", "beside": beside}}
    record = {"rnndesk": 1, "compare": member(data), "inside": inside}
    pack(path, record, (member(data), data), (member(weights, "data"), weights))
    saved = open_desk(path)
    models = saved.over(AppState(), unpack(saved, folder)).models
    assert Path(models.second.path).read_bytes() == data


def test_how_a_model_is_fed_goes_with_it(path, folder):
    columns = ByHand(InputReading(reading="columns", polarity="black_on_white"), 28, tuple("ab"))
    sha256 = hashlib.sha256(FOREIGN.read_bytes()).hexdigest()
    save_desk(
        path, reading(foreign(), OWN), {}, {sha256: columns, "another": ByHand(InputReading())}
    )
    assert b"another" not in path.read_bytes()
    saved = open_desk(path)
    assert saved.readings({}) == {}
    assert saved.readings(unpack(saved, folder)) == {sha256: columns}


@pytest.mark.parametrize("told", [None, 3, [], {}, {"layout": []}, {"reading": "askew"}, {"x": 1}])
def test_a_reading_that_is_none_is_found_out_anew(path, told):
    inside = {member(MODEL): {"name": "a.onnx", "input": told}}
    record = {"rnndesk": 1, "model": member(MODEL), "inside": inside}
    (model,) = open_desk(pack(path, record, (member(MODEL), MODEL))).models
    assert model.reading == (ByHand(InputReading()) if told == {} else None)


def test_a_model_that_is_not_accepted_takes_nothing_of_the_other_along(path, full, folder):
    other = with_weights(folder.parent.parent / "other", "m.onnx", b"weights")
    unit = replace(full.pointed, unit_stays=Unit(1, 0, 3))
    layers = (LayerShown(0, 0, "c"), LayerShown(1, 0, "c"))
    state = replace(
        full,
        models=Models(foreign(), other),
        pointed=unit,
        views=replace(full.views, layers=layers),
    )
    save_desk(path, state, {}, {})
    saved = open_desk(path)
    first, second = saved.models
    stands = saved.over(AppState(), {first.key: Path("/first")})
    assert stands.models == Models(ModelChoice("/first"), None)
    assert (stands.lab, stands.pointed.unit_stays) == (full.lab, None)
    assert stands.views.layers == layers[:1]
    stands = saved.over(AppState(), {second.key: Path("/second")})
    assert stands.models == Models(None, ModelChoice("/second"))
    assert (stands.lab, stands.pointed) == (full.lab.picture_alone(), unit)
    assert stands.views.layers == layers[1:]


def test_what_was_half_removed_is_unpacked_again(path, folder):
    save_desk(path, reading(foreign(EXTERNAL)), {}, {})
    saved = open_desk(path)
    file = unpack(saved, folder)[saved.models[0].key]
    file.with_name(EXTERNAL.name + ".data").unlink()
    assert unpacked_before(saved, folder) == {}
    assert unpack(saved, folder) == {saved.models[0].key: file}
    assert file.with_name(EXTERNAL.name + ".data").exists()


def test_weights_in_another_folder_are_not_taken_along(tmp_path, path):
    from onnx import TensorProto, helper

    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[1])
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "../secret"
    model = helper.make_model(helper.make_graph([], "g", [], [], initializer=[tensor]))
    (tmp_path / "a").mkdir()
    (tmp_path / "secret").write_text("secret")
    file = tmp_path / "a" / "m.onnx"
    file.write_bytes(model.SerializeToString())
    with pytest.raises(Refused, match="secret"):
        save_desk(path, reading(foreign(file)), {}, {})


# What comes from strangers.


def test_a_newer_version_is_refused(path):
    refused(pack(path, {"rnndesk": desks.VERSION + 1}), "newer version")


@pytest.mark.parametrize("version", [None, "1", 0, -1, True, 1.0, [1]])
def test_what_has_no_version_is_no_desk(path, version):
    refused(pack(path, {"rnndesk": version}), "no desk")


@pytest.mark.parametrize(
    "name", ["recent", "folder", "theme", "language", "device", "examination_seconds", "recover"]
)
def test_what_a_desk_may_not_carry_is_refused_by_name(path, name):
    refused(pack(path, {"rnndesk": 1, name: "x"}), name)


@pytest.mark.parametrize("text", ["", "[]", "7", "{", "null", '{"rnndesk": NaN}', "\ud800"])
def test_what_is_no_object_is_no_desk(path, text):
    refused(pack(path, {}, text=text.encode("utf-8", "surrogatepass")), "no desk")


@pytest.mark.parametrize("depth", [desks.MAX_DEPTH, 100_000])
def test_lists_within_lists_are_limited(path, depth):
    text = '{"rnndesk": 1, "x": ' + "[" * depth + "]" * depth + "}"
    refused(pack(path, {}, text=text), "more than|no desk")


@pytest.mark.parametrize("values", ["[],", "0,", "{},"])
def test_more_values_than_any_desk_has_are_not_read(path, values):
    text = '{"rnndesk": 1, "x": [' + values * desks.MAX_VALUES + "0]}"
    refused(pack(path, {}, text=text), "more than")


ELSEWHERE = [
    "/etc/passwd.onnx", "mine.onnx", "../mine.onnx", "models/../../mine.onnx", "C:\\mine.onnx",
    "\\\\server\\share\\mine.onnx", "//server/share/mine.onnx", "http://server/mine.onnx",
    "file:///mine.onnx", "\0", "a model that is not there", str(FOREIGN), OWN.path,
]  # fmt: skip


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("name", ["model", "compare"])
def test_a_model_that_is_not_inside_is_refused(path, name, where):
    refused(pack(path, {"rnndesk": 1, name: where}), "neither inside")
    refused(
        pack(path, {"rnndesk": 1, name: {"file": where, "watched": []}}),
        "neither inside",
    )


@pytest.mark.parametrize(
    "model", [3, True, [], ["gru"], {"watched": []}, {"file": 3}, {"file": "", "watched": []}]
)
def test_what_names_no_model_is_refused(path, model):
    record = {"rnndesk": 1, "model": model}
    try:
        state = open_desk(pack(path, record)).over(AppState(), {})
    except Refused:
        return
    assert state.models.first is None


MODEL = b"model"
NAMES = [
    "", ".", "..", ".hidden", "/a.onnx", "a/b.onnx", "..\\a.onnx", "C:a.onnx", "NUL", "con.onnx",
    "a\0b", "a\nb", "a ", "a.", "x" * 300, None, 3,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_a_place(path, folder, name):
    inside = {member(MODEL): {"name": name}}
    record = {"rnndesk": 1, "model": member(MODEL), "inside": inside}
    refused(pack(path, record, (member(MODEL), MODEL)), "neither inside")
    record["inside"] = {member(MODEL): {"name": "a.onnx", "beside": {str(name): member(MODEL)}}}
    if name is None or name == 3:
        return
    refused(pack(path, record, (member(MODEL), MODEL)), "neither inside")
    assert not folder.exists()


@pytest.mark.parametrize("where", ["../a", "/etc/passwd", "desk.json", "models/x.onnx"])
def test_a_member_is_named_by_its_hash_alone(path, where):
    record = {"rnndesk": 1, "model": where, "inside": {where: {"name": "a.onnx"}}}
    with zipfile.ZipFile(path, "w") as archive:
        if where != "desk.json":
            archive.writestr(where, b"x")
        archive.writestr("desk.json", json.dumps(record))
    refused(path, "neither inside")


def test_two_files_of_one_name_are_refused(path):
    inside = {member(MODEL): {"name": "a.onnx", "beside": {"A.onnx": member(MODEL)}}}
    record = {"rnndesk": 1, "model": member(MODEL), "inside": inside}
    refused(pack(path, record, (member(MODEL), MODEL)), "neither inside")


def test_a_model_that_is_another_one_than_its_name_says_is_refused(path, folder):
    inside = {member(MODEL): {"name": "a.onnx"}}
    pack(
        path,
        {"rnndesk": 1, "model": member(MODEL), "inside": inside},
        (member(MODEL), b"other"),
    )
    saved = open_desk(path)
    with pytest.raises(Refused, match="damaged"):
        unpack(saved, folder)
    assert list(folder.iterdir()) == []


def test_other_members_are_never_unpacked(path, folder):
    inside = {member(MODEL): {"name": "a.onnx"}}
    record = {"rnndesk": 1, "model": member(MODEL), "inside": inside}
    pack(path, record, ("../../evil", b"x"), ("/evil", b"x"), (member(MODEL), MODEL))
    unpack(open_desk(path), folder)
    files = [each for each in folder.rglob("*") if each.is_file()]
    assert [each.name for each in files] == ["a.onnx"]


def test_a_large_text_is_not_unpacked(path, monkeypatch):
    monkeypatch.setattr(desks, "MAX_TEXT", 2**20)
    refused(pack(path, {}, text=b" " * 2**21), "more than")


def test_a_large_model_is_refused_by_its_length(path, monkeypatch):
    monkeypatch.setattr(desk_models, "MAX_MODEL", 2**20)
    data = b"\0" * 2**21
    record = {"rnndesk": 1, "model": member(data), "inside": {member(data): {"name": "a.onnx"}}}
    refused(pack(path, record, (member(data), data)), "neither inside")


@pytest.mark.parametrize("told", [10, 2**21])
def test_a_length_that_is_a_lie_unpacks_no_more_than_it_says(path, folder, told):
    """A bomb: its directory names a length that is not what comes out."""
    data = b"\0" * 2**22
    name = member(data)
    pack(
        path,
        {"rnndesk": 1, "model": name, "inside": {name: {"name": "a.onnx"}}},
        (name, data),
    )
    packed = bytearray(path.read_bytes())
    place = packed.rindex(b"PK\x01\x02")
    packed[place + 24 : place + 28] = struct.pack("<I", told)
    path.write_bytes(packed)
    saved = open_desk(path)
    assert saved.models[0].size == told
    with pytest.raises(Refused):
        unpack(saved, folder)
    assert list(folder.iterdir()) == []


def test_an_archive_that_grows_after_it_was_asked_about_is_not_unpacked(path, folder):
    inside = {member(MODEL): {"name": "a.onnx"}}
    record = {"rnndesk": 1, "model": member(MODEL), "inside": inside}
    saved = open_desk(pack(path, record, (member(MODEL), MODEL)))
    pack(path, record, (member(MODEL), MODEL * 2**18))
    with pytest.raises(Refused, match="more than"):
        unpack(saved, folder)
    assert list(folder.iterdir()) == []


def test_a_text_whose_length_is_a_lie_is_refused(path):
    pack(path, {}, text=b'{"rnndesk": 1}' + b" " * 2**20)
    packed = bytearray(path.read_bytes())
    place = packed.rindex(b"PK\x01\x02")
    packed[place + 24 : place + 28] = struct.pack("<I", 14)
    path.write_bytes(packed)
    refused(path, "no desk")


def test_many_members_are_refused(path):
    members = [(f"x{k}", b"") for k in range(MAX_MEMBERS)]
    refused(pack(path, {"rnndesk": 1}, *members), "more than")


def test_a_long_directory_is_not_read(path, monkeypatch):
    members = [(f"{k}" * 200, b"") for k in range(5_00)]
    pack(path, {"rnndesk": 1}, *members)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # as it reads all of it at once
    refused(path, "more than")


@pytest.mark.parametrize("how", ["encrypted", "bzip2", "lzma"])
def test_what_is_packed_otherwise_is_refused(path, how):
    kinds = {"bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}
    with zipfile.ZipFile(path, "w", kinds.get(how, zipfile.ZIP_STORED)) as archive:
        archive.writestr("desk.json", '{"rnndesk": 1}')
    if how == "encrypted":
        packed = bytearray(path.read_bytes())
        for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
            packed[packed.index(mark) + place] |= 1
        path.write_bytes(packed)
    refused(path, "no desk")


@pytest.mark.parametrize("data", [b"", b"PK", b"\0" * 100, b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_no_desk(path, data):
    path.write_bytes(data)
    refused(path, "no desk")


def test_what_is_not_there_or_a_folder_is_refused(path):
    refused(path, "does not exist")
    path.mkdir()
    refused(path, "is a folder")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")
def test_a_pipe_blocks_nobody(path):
    os.mkfifo(path)
    refused(path, "ordinary file")


@pytest.fixture(scope="module")
def saved_bytes(tmp_path_factory):
    path = tmp_path_factory.mktemp("desk") / "a.rnndesk"
    save_desk(path, reading(foreign(), OWN), {}, {})
    return path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_a_damaged_desk_is_opened_or_refused(tmp_path, saved_bytes, data):
    """Never anything else; and what is unpacked is what was packed."""
    path, folder = tmp_path / "b.rnndesk", tmp_path / "models"
    damaged = bytearray(saved_bytes)
    for _ in range(data.draw(st.integers(1, 4))):
        # the ends, where all is that is read; between them are a model's weights
        end = st.integers(0, 700) | st.integers(len(damaged) - 400, len(damaged) - 1)
        damaged[data.draw(end)] = data.draw(st.integers(0, 255))
    path.write_bytes(damaged)
    try:
        files = unpack(open_desk(path), folder)
    except Refused:
        return
    assert all(file.read_bytes() == FOREIGN.read_bytes() for file in files.values())
