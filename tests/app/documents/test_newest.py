import queue
import threading

from rnn_desk.app.documents.newest import Newest

PATIENCE = 20.0


def test_what_is_given_is_done_on_another_thread():
    done = queue.SimpleQueue()
    newest = Newest(lambda value: done.put((value, threading.current_thread())), gap=0.0)
    newest.give(1)
    value, thread = done.get(timeout=PATIENCE)
    assert value == 1
    assert thread is not threading.current_thread()
    newest.close()
    assert not thread.is_alive()


def test_only_the_newest_is_done():
    done, go_on = queue.SimpleQueue(), threading.Event()

    def act(value):
        done.put(value)
        go_on.wait(PATIENCE)

    newest = Newest(act, gap=0.0)
    newest.give(1)
    assert done.get(timeout=PATIENCE) == 1
    newest.give(2)
    newest.give(3)
    go_on.set()
    assert done.get(timeout=PATIENCE) == 3
    newest.close()
    assert done.empty()


def test_the_next_one_waits_for_the_gap_and_is_dropped_at_the_end():
    done = queue.SimpleQueue()
    newest = Newest(done.put, gap=1000.0)
    newest.give(1)
    assert done.get(timeout=PATIENCE) == 1
    newest.give(2)
    newest.close()
    assert done.empty()


def test_nothing_given_is_nothing_to_close():
    newest = Newest(print, gap=0.0)
    newest.close()
    newest.give(1)
    newest.close()
