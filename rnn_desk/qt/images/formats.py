"""The kinds of files that pictures of the window are written as; known without Qt."""

PICTURES = (".png", ".svg", ".pdf")
"""Suffixes of the window's picture, or a view's."""

ANIMATED = (".gif", ".webp")
"""Suffixes of the reading as an animation."""
