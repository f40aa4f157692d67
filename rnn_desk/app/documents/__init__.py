"""What is kept of the state in files: settings, saved desks, the desk of a run that crashed."""
