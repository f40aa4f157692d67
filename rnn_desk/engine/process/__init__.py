"""The engine's own process: a loop that answers requests, the live ones first."""
