"""Where the frozen program begins; `rnn_desk.__main__` says what it then is."""

import sys

from rnn_desk.__main__ import main

sys.exit(main())
