import pytest

from rnn_desk.cli import main


@pytest.fixture
def told(capsys):
    """Run a command here; its status, and what it said on stdout and stderr."""

    def told(*words):
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return told
