"""A monkey that plays the real window, and stops at whatever it should not have been able to do.

    python -m tests.monkey --seed 7 --seconds 60

It makes real events of the mouse and of the keys, opens files good and bad, kills the program's
processes, and all the while looks for what must never happen. The same seed plays the same acts.
"""
