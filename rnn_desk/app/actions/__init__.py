"""What a person can do, as pure functions from one state to the next."""
