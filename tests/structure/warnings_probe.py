"""Run by test_layout inside a pytest of its own."""

import warnings


def test_warnings_is_the_standard_library() -> None:
    assert hasattr(warnings, "catch_warnings")
