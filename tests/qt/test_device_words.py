"""What the device's button tells when it is pointed at."""

import pytest

from rnn_desk.protocol.devices import Deviation, Forms, Placement
from rnn_desk.qt.window.header import Header

GRU = Forms(("GRU",), operator_ms=4.0, written_out_ms=2.5)


@pytest.fixture
def tip(qtbot):
    """The tooltip for a model that is placed so."""
    header = Header((), (), ())
    qtbot.addWidget(header)

    def tip(there):
        header.show_device("gpu", "Some GPU", there)
        return header.device.toolTip()

    return tip


def test_it_names_the_nodes_that_the_cpu_kept(tip):
    told = tip(Placement(9, 8, 0.4, ("GRU reader",)))
    assert "8 of 9 nodes run on it" in told
    assert "40% of the time in nodes is spent there" in told
    assert "On the CPU: GRU reader" in told


def test_it_tells_in_which_form_the_recurrence_runs_and_why(tip):
    told = tip(Placement(300, 300, 1.0, forms=GRU))
    assert "It has no GRU: written out in plain operations, 2.5 ms a digit in place of 4.0" in told
    slower = Forms(("GRU", "RNN"), operator_ms=4.0, written_out_ms=9.0)
    told = tip(Placement(9, 8, 0.4, ("GRU reader",), forms=slower))
    assert "It has no GRU, RNN: the CPU helps out, 4.0 ms a digit; written out in" in told


def test_it_tells_how_far_its_numbers_are_from_the_cpus(tip):
    told = tip(Placement(9, 9, 1.0, deviation=Deviation(2e-7, 3e-6)))
    assert "probabilities differ by up to 2e-07, hidden states by up to 3e-06" in told


def test_of_the_cpu_there_is_nothing_to_tell(tip):
    assert tip(None) == "Where the network runs"
