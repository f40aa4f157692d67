"""What the program is about, in plain Python and NumPy: no Qt, no runtime, no torch."""
