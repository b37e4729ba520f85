"""The full-text index: what it holds, where each document stands, and how it is kept up to date."""
