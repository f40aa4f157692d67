"""What is seen: one view a file. A view takes a Trace and the Selection, and computes nothing."""
