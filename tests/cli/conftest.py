import pytest

from rnn_desk.app import client
from rnn_desk.cli import main


@pytest.fixture
def told(request, capsys, monkeypatch):
    """Run a command here; its status, and what it said on stdout and stderr."""
    if "second_device" not in request.fixturenames:  # which a process must know from its start
        monkeypatch.setattr(client, "Engines", request.getfixturevalue("engines").make)

    def told(*words):
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return told
