"""`rnn_desk_training`, the wheel's name for `training`, where a clone is installed editable."""

import training

__path__ = training.__path__  # so `rnn_desk_training.cli` is the clone's own file, whatever it says
