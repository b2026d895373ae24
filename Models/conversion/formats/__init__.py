"""Readers of the files that published weights come in: data only, nothing of theirs is run."""
