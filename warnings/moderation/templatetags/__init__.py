"""Template tags for pages of other apps."""
