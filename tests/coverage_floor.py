"""Fails when too little of the code was run by the tests: `python -m tests.coverage_floor FILE` after a run.

FILE is what SlipCover counted: lines, and the ways out of each branch.

The modules in which a missed branch would hurt somebody must be covered whole; the rest never falls below
the floor, which goes up and never down.
"""

import json
import sys
from pathlib import Path

FLOOR = 98.0
WHOLE = (
    "warnings/accounts/actions/accounts.py",
    "warnings/accounts/actions/notifications.py",
    "warnings/accounts/permissions.py",
    "warnings/accounts/trust.py",
    "warnings/accounts/querysets.py",
    "warnings/accounts/policies.py",
    "warnings/audit/log.py",
    "warnings/common/urls.py",
    "warnings/common/pagination.py",
    "warnings/common/text/diff.py",
    "warnings/common/text/folding.py",
    "warnings/common/http/headers.py",
    "warnings/common/text/markdown_limits.py",
    "warnings/common/text/merge.py",
    "warnings/common/text/cleaning.py",
    "warnings/common/http/rate_limits.py",
    "warnings/directory/actions/assessments.py",
    "warnings/directory/grade.py",
    "warnings/directory/catalogue/merge.py",
    "warnings/directory/catalogue/loader.py",
    "warnings/directory/actions/edits.py",
    "warnings/moderation/flag_weights.py",
    "warnings/moderation/actions/staff.py",
    "warnings/moderation/spam/classifier.py",
    "warnings/moderation/spam/weights.py",
    "warnings/moderation/queue/priority.py",
    "warnings/reports/policies/access.py",
    "warnings/reports/actions/warnings.py",
    "warnings/reports/actions/revisions.py",
    "warnings/reports/actions/comments.py",
    "warnings/reports/policies/comments.py",
    "warnings/reports/ranking.py",
    "warnings/reports/policies/access.py",
    "warnings/reports/tracking_codes.py",
    "warnings/reports/actions/tags.py",
    "warnings/reports/tag_rows.py",
    "warnings/reports/actions/votes.py",
    "warnings/reports/reputation.py",
    "warnings/reports/vote_rings.py",
    "warnings/reports/actions/subscriptions.py",
    "warnings/reports/workflow.py",
    "warnings/search/query.py",
)


def main() -> None:
    """Read what the last run covered and compare."""
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    total = found["summary"]["percent_covered"]
    print(f"Covered: {total:.1f}% (at least {FLOOR}%)")
    missed = []
    for name in WHOLE:
        part = found["files"].get(name)
        if part is None or part["summary"]["percent_covered"] < 100:
            missed.append(f"{name}: {part and (part['missing_lines'], part['missing_branches'])}")
    if missed or total < FLOOR:
        sys.exit("\n".join(["Not covered whole:", *missed]) if missed else "Less is covered than before.")


if __name__ == "__main__":
    main()
