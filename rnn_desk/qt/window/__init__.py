"""The window and its parts, laid out; they decide nothing."""
