"""What is done off the window's thread: reading drawings, opening models, moving to devices."""
