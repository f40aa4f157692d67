"""Pictures in and out: files that are read, views that are saved, the reading as an animation."""
