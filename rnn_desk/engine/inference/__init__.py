"""A model that reads pictures: Traces, gradients, experiments, the map of its states."""
