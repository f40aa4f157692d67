"""What is asked of an engine process and not wanted any more is said so, also by an idle one."""

from collections import deque

from rnn_desk.engine.process.inbox import Inbox
from rnn_desk.engine.process.loop import Loop
from rnn_desk.protocol.answers import Cause, Failed
from rnn_desk.protocol.requests import Ask, Cancel, ReadCards


def read_cards(number, live):
    return Ask(number, "slot", ReadCards(()), live)


def test_a_request_that_is_cancelled_before_it_begins_is_said_to_be_with_no_other_to_answer():
    for live in (True, False):
        asked, said = deque([read_cards(1, live), Cancel(1)]), []
        Loop(Inbox(lambda _, asked=asked: asked.popleft() if asked else None), said.append).turn()
        assert [(type(each), each.number, each.cause) for each in said] == [
            (Failed, 1, Cause.CANCELLED)
        ]
