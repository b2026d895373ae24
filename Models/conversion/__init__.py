"""Turns what published model packages carry into the ONNX files and the label vocabulary that Fovea reads."""
