"""Measures how right Fovea is over a folder of pictures of which is told what is on them, beside the bare models."""
