"""RNN Desk: a desktop program that makes a recurrent network visible while it reads."""

__version__ = "0.1.0"
