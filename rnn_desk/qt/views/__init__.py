"""What is seen: one view a file. A view takes a Trace and the store, and computes nothing."""
