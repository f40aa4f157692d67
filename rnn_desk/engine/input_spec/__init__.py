"""What goes into a model and comes out: told by its card, or found by trying."""
