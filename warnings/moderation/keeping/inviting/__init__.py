"""Invitations to moderate, by a link that works once."""
