"""onnxruntime: devices, sessions on them, and the truth about where a model then runs."""
