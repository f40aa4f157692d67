"""Models and devices: opens ONNX files, runs them, brings their states out. Knows no Qt."""
