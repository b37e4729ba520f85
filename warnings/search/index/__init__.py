"""The contents and the order of the full-text index."""
