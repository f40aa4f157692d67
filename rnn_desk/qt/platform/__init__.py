"""The program as a process of the system: whether Qt can start, logs, what Qt says."""
