"""Good pictures of every accepted format, and the parts that hostile ones are made of."""
