"""Makes the models: recipes, data, training, evaluation, and the export to ONNX with its card."""
