import pytest

from rnn_desk.cli.window import with_desk


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ([], []),
        (["a.rnndesk"], ["--desk", "a.rnndesk"]),
        (["A b.RNNDESK", "--present"], ["--desk", "A b.RNNDESK", "--present"]),
        (["--present", "a.rnndesk"], ["--present", "--desk", "a.rnndesk"]),
        (["--lang", "zh", "a.rnndesk"], ["--lang", "zh", "--desk", "a.rnndesk"]),
        (["--model", "m.onnx", "a.rnndesk"], ["--model", "m.onnx", "--desk", "a.rnndesk"]),
        (["--desk", "a.rnndesk"], ["--desk", "a.rnndesk"]),
        (["classify", "a.rnndesk"], ["classify", "a.rnndesk"]),
        (["a.onnx"], ["a.onnx"]),
    ],
)
def test_a_saved_desk_by_itself_is_opened(words, meant):
    assert with_desk(words) == meant
