"""How often something may be done: what administrators chose instead of what the software begins with."""
