"""Template tags about users."""
