"""The content and order of the full-text index."""
