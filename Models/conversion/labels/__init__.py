"""The label vocabulary, out of WordNet and the tables of this project."""
