"""Measures how right Fovea is, over a folder of pictures that say what is on them, next to the same models in Python."""
