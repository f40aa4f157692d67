"""Where the speeds that were measured are kept.

Imports nothing: the desk names the file from the start, the command line too.
"""

FILE = "speeds.json"
"""Beside the settings."""
