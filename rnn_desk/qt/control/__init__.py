"""What a person's wishes do: each file one group of commands, between the state and the window."""
