"""Django's admin site as a read-only window, on a path that the host chooses."""
