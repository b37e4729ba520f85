"""How much something looks like advertising or spam: worked out here, explained, and only ever a hint."""
