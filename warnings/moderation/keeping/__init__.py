"""What administrators keep in order: who moderates."""
