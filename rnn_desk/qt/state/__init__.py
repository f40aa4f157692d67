"""What is on the desk: the drawing and its history, what is pointed at, what is remembered."""
