"""The cast and the form of tests of reports."""

from tests.reports.submissions.conftest import code_of, evidence_folder, filled, heron, member, mona, png

__all__ = ["code_of", "evidence_folder", "filled", "heron", "member", "mona", "png"]
