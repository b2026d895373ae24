"""Reads single weights out of a Keras HDF5 file."""

import io
from collections.abc import Callable

import h5py
import numpy as np

from conversion.errors import ModelError


def read_weights(content: bytes) -> Callable[[str, str], np.ndarray]:
    """A function from layer and weight name (`conv2d_1`, `kernel`) to the weight."""
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            layers = file["model_weights"]
            weights = {
                (layer, name.removesuffix(":0")): np.array(value)
                for layer in layers
                for group in layers[layer].values()
                for name, value in group.items()
            }
    except (OSError, KeyError, AttributeError) as error:
        raise ModelError(f"the Keras file cannot be read: {error}", "Use only the pinned package.") from error

    def weight(layer: str, name: str) -> np.ndarray:
        try:
            return weights[layer, name]
        except KeyError:
            raise ModelError(f"the Keras file has no {name} of {layer}", "Use only the pinned package.") from None

    return weight
