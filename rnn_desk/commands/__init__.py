"""The actions of the command line, one file each; `rnn_desk.cli` chooses among them."""
