"""The pages of proposed tools."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.viewers import person_of
from common.errors import ForewarnedError
from common.text.folding import fold
from directory.choices import ToolKind
from moderation.actions import proposed_tools
from moderation.forms.proposed_tools import AddToolForm, ProposedForm
from moderation.models import Proposal
from moderation.policies.access import require_desk
from moderation.proposed_names import lately, waiting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def proposals(request: HttpRequest) -> HttpResponse:
    """List the names that reports propose; on POST, link or dismiss one."""
    require_desk(request.user)
    sent = ProposedForm(request.POST) if request.method == "POST" else None
    if sent is not None and sent.is_valid() and _settle(request, sent):
        return redirect("proposals")
    refused = str(sent["name"].value() or "") if sent else ""
    rows = [
        (row, sent)
        if sent and fold(refused) == row.proposed.folded
        else (row, ProposedForm(initial={"name": row.proposed.name, "tool": row.known or ""}))
        for row in waiting()
    ]
    context = {"rows": rows, "refused": refused, "lately": lately()}
    return render(request, "moderation/proposals.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Add a tool to the directory."""
    require_desk(request.user)
    if request.method != "POST":
        name = request.GET.get("name", "")
        return render(
            request, "moderation/add_tool.html", {"form": AddToolForm(initial={"name": name, "proposed": name})}
        )
    form = AddToolForm(request.POST)
    if form.is_valid():
        fields = form.cleaned_data
        try:
            made = proposed_tools.add(
                actor=person_of(request),
                name=fields["name"],
                kind=ToolKind(fields["kind"]),
                content=form.content(),
                proposed=fields["proposed"],
                today=timezone.localdate(),
            )
        except ForewarnedError as refused:
            form.add_error("name", ValidationError(refused.sentence, code=refused.code))
        else:
            messages.success(
                request, "It is in the directory. Now say what it does, each with its source.", extra_tags="added"
            )
            return redirect("missing_facts", slug=made.tool.slug)  # type: ignore[union-attr]
    return render(request, "moderation/add_tool.html", {"form": form}, status=422)


@require_POST
@login_required
def undo_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the decision on a proposed name."""
    require_desk(request.user)
    row = Proposal.objects.filter(pk=pk).first()
    if row is None:
        raise Http404("There is no such proposal.")
    try:
        proposed_tools.undo_proposal(actor=person_of(request), proposal=row, today=timezone.localdate())
    except ForewarnedError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
    else:
        messages.success(request, f"“{row.name}” is proposed again.", extra_tags="proposed-again")
    return redirect("proposals")


def _settle(request: HttpRequest, form: ProposedForm) -> bool:
    """Link or dismiss a proposed name; return whether it succeeded. Errors are added to the form."""
    name, tool = form.cleaned_data["name"], form.cleaned_data["tool"]
    try:
        if request.POST.get("act") == "aside":
            proposed_tools.set_aside(actor=person_of(request), name=name)
            messages.success(
                request, f"“{name}” is listed no more. You can take that back below.", extra_tags="set-aside"
            )
            return True
        if tool is None:
            form.add_error("tool", ValidationError("Say which tool it is.", code="tool-missing"))
            return False
        row = proposed_tools.link(
            actor=person_of(request),
            name=name,
            tool=tool,
            remember=form.cleaned_data["remember"],
            today=timezone.localdate(),
        )
    except ForewarnedError as refused:
        form.add_error("tool", ValidationError(refused.sentence, code=refused.code))
        return False
    messages.success(
        request,
        f"{len(row.reports)} of the reports that name “{name}” are about {tool.name} now.",
        extra_tags="linked",
    )
    return True
