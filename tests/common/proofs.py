"""Solving challenges as a browser does."""

from typing import Any

import altcha


def solved(challenge: dict[str, Any]) -> str:
    """The solution of a challenge, as the form carries it."""
    found = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    assert found
    return str(altcha.Payload(altcha.Challenge.from_dict(challenge), found).to_base64())
