"""Hidden states, and what else runs along the rows, brought out of a model."""
