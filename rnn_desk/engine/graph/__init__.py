"""A model file and its graph, by onnx alone: read, checked, taken apart, written otherwise."""
