"""Measures Fovea side by side with the bare work, with the same pipeline in Python, and with nginx."""
