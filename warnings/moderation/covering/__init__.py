"""Covering parts of pictures, at the desk."""
