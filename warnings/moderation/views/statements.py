"""The pages of vendors' statements."""

import secrets
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import ForewarnedError, Sentence
from common.http.decorators import private
from common.http.rate_limits import Limit, RateLimitedError, source, use
from common.http.safe_http import fetch_text
from moderation.actions.statements import (
    WITHDRAWABLE,
    begin_statement,
    drop_statement,
    verify_statement,
    withdraw_statement,
)
from moderation.choices import SPEAKER, StatementState
from moderation.forms.appeals import AppealForm
from moderation.forms.legal import StatementForm
from moderation.models import Statement
from moderation.policies import access
from moderation.policies.appeals import appeals_of, waits_for_another, why_not_appeal
from moderation.views.legal_notices import send_appeal
from reports.tracking_codes import hash_of

STATEMENTS = Limit("statements", 5, 3_600, "Statements of vendors, of one network")
CHECKS = Limit("statement-checks", 10, 3_600, "Looking for the file that proves a domain, of one network")
PROOF_PATH = "/.well-known/forewarned-statement.txt"


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Submit a statement about a tool on behalf of its vendor."""
    tool = access.get_tool(slug)
    begun = access.get_shown_statement(tool)
    form = StatementForm(tool, request.POST if request.method == "POST" else None, initial=begun)
    context: dict[str, Any] = {"tool": tool, "form": form}
    if request.method != "POST":
        return render(request, "moderation/state.html", context)
    if not form.is_valid():
        return render(request, "moderation/state.html", context, status=422)
    try:
        use(STATEMENTS, source(request))
    except RateLimitedError as refused:
        return render(request, "moderation/state.html", context | {"too_often": refused.wait}, status=429)
    row = begin_statement(tool=tool, fields=form.cleaned_data)
    return redirect("statement", public_id=row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the status of a statement; on POST, look for the verification file or appeal against a decision."""
    row = access.get_statement(public_id)
    decisions = list(row.case.decisions.select_related("reason")) if row.case else []
    last = next((decision for decision in decisions if decision.undone_at is None), None)
    form = AppealForm(request.POST if request.method == "POST" else None)
    problem, status = "", 200
    if request.method == "POST":
        withdraws = "withdraw" in request.POST
        waits = row.state == StatementState.UNVERIFIED or withdraws
        problem = _look_for_file(request, row, withdraws=withdraws) if waits else ""
        done = (
            not problem
            if waits
            else form.is_valid() and last is not None and send_appeal(request, last, form, SPEAKER)
        )
        if done:
            return redirect("statement", public_id=public_id)
        status = 422
    possible = last is not None and not why_not_appeal(last, None, SPEAKER, timezone.now())
    appeals = [appeal for decision in decisions for appeal in appeals_of(decision, None, SPEAKER)]
    context = {
        "statement": row,
        "problem": problem,
        "file": f"https://{row.domain}{PROOF_PATH}",
        "withdrawal": _withdrawal(row) if row.state in WITHDRAWABLE else "",
        "decisions": decisions,
        "decision": last,
        "appeals": appeals,
        "waiting": [appeal.pk for appeal in appeals if waits_for_another(appeal)],
        "form": form if possible else None,
    }
    return private(render(request, "moderation/statement.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, public_id: uuid.UUID, token: str) -> HttpResponse:
    """Show the page that the mailed link leads to; on POST, verify the statement or withdraw it.

    Opening the link alone verifies nothing, because mail software opens links too.
    """
    row = access.get_statement(public_id)
    fits = secrets.compare_digest(row.token_hash, hash_of(token))
    if fits and request.method == "POST" and "withdraw" in request.POST:
        if withdraw_statement(statement=row):
            messages.success(request, "Your statement is withdrawn.", extra_tags="withdrawn")
        return redirect("statement", public_id=public_id)
    if fits and request.method == "POST":
        verify_statement(statement=row, proof="mail")
        messages.success(request, "Thank you. A moderator looks at its form now.", extra_tags="proved")
        return redirect("statement", public_id=public_id)
    context = {"statement": row, "fits": fits, "withdrawable": row.state in WITHDRAWABLE}
    return private(render(request, "moderation/prove.html", context, status=200 if fits else 404))


@require_POST
def no_statement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Delete an unverified statement."""
    row = access.get_statement(public_id)
    drop_statement(statement=row)
    messages.success(request, "It is gone.", extra_tags="dropped")
    return redirect("tool", slug=row.tool.slug)


def _withdrawal(row: Statement) -> str:
    """Return the line in the file at the domain that withdraws a statement."""
    return f"withdraw {row.public_id}"


def _look_for_file(request: HttpRequest, row: Statement, *, withdraws: bool) -> str:
    """Look for the verification file at the domain, and verify or withdraw the statement that its line names.

    Return the error as a sentence, or an empty string. The line that verifies does not withdraw: others can read it.
    """
    try:
        use(CHECKS, source(request))
        text = fetch_text(row.domain, PROOF_PATH)
    except RateLimitedError as refused:
        return Sentence(f"Please wait {refused.words} before the next try.", refused.code)
    except ForewarnedError as refused:
        return refused.sentence
    if (_withdrawal(row) if withdraws else str(row.public_id)) not in text:
        return Sentence("The file is there and does not hold this line.", "no-line")
    if not withdraws:
        verify_statement(statement=row, proof="file")
    elif not withdraw_statement(statement=row):
        return Sentence("This statement cannot be withdrawn: it is not shown and does not wait.", "not-withdrawable")
    return ""
