"""Mistakes made on purpose: each patch is one that a developer could make, and the tests have to catch it.

`python -m tests.sabotage` tries all of them, `python -m tests.sabotage 12 own-vote` some, `--list` names them. A patch
begins with what was done wrong, the test files that have to fail for it, and the database if it shows on one alone.
"""
