"""What the state is kept in: the settings, a saved desk, the file from which the desk comes back.

`app.schema` says what each carries; here is how they are read and written as files.
"""

DESK_SUFFIX = ".rnndesk"
"""Of a saved desk's file."""

LESSON_SUFFIX = ".toml"
"""Of a lesson's."""
