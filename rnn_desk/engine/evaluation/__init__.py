"""How well a model reads, under which pens, and how fast on which device."""
