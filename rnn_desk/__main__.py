"""`python -m rnn_desk` is the command `rnn-desk`."""

from __future__ import annotations

import sys

from rnn_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
