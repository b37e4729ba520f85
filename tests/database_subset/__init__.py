"""Which tests run on PostgreSQL, chosen by a machine from what the same tests did on SQLite.

A statement that SQLite takes can be refused or answered differently by PostgreSQL, so every shape of statement that the
suite sends is sent to both. Most tests send shapes that others send too: `choice` picks tests that together send all
of them, in the least time. What tells databases apart by more than its statements runs on both in any case: `always`.
"""
