"""Flags of readers: how they are raised, what they weigh, and what becomes of them."""
