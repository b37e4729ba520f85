"""Django's admin site in read-only form, at a path that the host chooses."""
