"""Makes the models: recipes, data, training, evaluation, and the export to ONNX with its card."""

import os

from rnn_desk.environment import NO_TELEMETRY

os.environ.update(NO_TELEMETRY)  # before anything here imports onnxruntime
