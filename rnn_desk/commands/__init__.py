"""The command line's actions, a file each with its arguments; `rnn_desk.cli` gathers them."""
