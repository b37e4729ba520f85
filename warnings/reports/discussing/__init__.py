"""The discussion under a warning: comments and answers to them."""
