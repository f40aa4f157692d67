"""What crosses between the window's process and the engine's: requests, answers, frames, sentences.

Both sides import it; it knows no onnx, no onnxruntime and no Qt.
"""

ENGINE_FLAG = "--engine-process"
"""The first argument by which a frozen program becomes an engine process."""
