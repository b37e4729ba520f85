"""The queue: how cases open and close, who looks at them, and their pages."""
