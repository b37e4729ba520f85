"""The tag pages, suggestions while typing, and the page where moderators curate a tag."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.permissions import may
from accounts.viewers import person_of, viewer_of
from common.errors import ForewarnedError, Sentence
from common.http.public_pages import public_page
from common.pagination import CURSOR_PARAMETERS, cursor_page, paginate
from common.text.cleaning import without_unstorable
from reports.actions import tags as tag_actions
from reports.forms.tag import DescriptionForm, MergeForm, RenameForm, SynonymForm, TagFilterForm, TagForm
from reports.lists import about
from reports.models import Subscription, Tag
from reports.policies import access
from reports.policies.access import get_tag_for_curating, latest_merges
from reports.querysets import order_of
from reports.related_tags import Related, closest
from reports.tag_suggestions import known_tags, offers_for

TAGS_ON_A_PAGE = 200
# No tag name is longer than this.
_LONGEST_TYPED = 100


@public_page(*TagFilterForm.base_fields, "page")
@require_safe
def list_tags(request: HttpRequest) -> HttpResponse:
    """List all tags in use by name, with their counts; `?q=` filters them.

    Moderators also see recent merges.
    """
    form = TagFilterForm(request.GET)
    chosen = form.chosen()
    tags = Tag.objects.in_use().holding(chosen)
    reader = viewer_of(request)
    curates = reader is not None and may("curate_tags", reader)
    context = {
        "listing": paginate(request, tags, per_page=TAGS_ON_A_PAGE),
        "form": form,
        "filtered": bool(chosen),
        "curates": curates,
        "merges": latest_merges() if curates else [],
    }
    return render(request, "reports/tagging/tags.html", context)


@public_page("q")
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return tags matching `?q=`, most used first: name, number of warnings, and the matching synonym."""
    typed = request.GET.get("q", "")[:_LONGEST_TYPED]
    lines = [{"name": offer.name, "uses": offer.uses, "synonym": offer.synonym} for offer in offers_for(typed)]
    return JsonResponse({"query": typed, "suggestions": lines})


@public_page(*CURSOR_PARAMETERS)
@require_safe
def show_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a tag with its warnings and related tags; a synonym redirects to its tag."""
    found = access.get_tag_for_reading(slug)
    if found.moved:
        return redirect("tag", slug=found.tag.slug, permanent=True)
    tag, reader = found.tag, viewer_of(request)
    counted = Tag.objects.beside(tag).values_list("name", "slug", "shared")
    tagged = about(tag)
    context = {
        "tag": tag,
        "listing": cursor_page(request, tagged.rows.for_list(), by=order_of("newest"), total=tagged.total),
        "related": closest(Related(*row) for row in counted),
        "watched": reader is not None and Subscription.objects.by(reader).on(tag).exists(),
        "curates": reader is not None and may("curate_tags", reader),
    }
    return render(request, "reports/tagging/tag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def curate(request: HttpRequest, slug: str) -> HttpResponse:
    """Merge, rename or describe a tag, or edit its synonyms."""
    found = get_tag_for_curating(request.user, slug)
    tag = found.tag
    if found.moved:
        return redirect("curate_tag", slug=tag.slug)
    act = request.POST.get("act", "")
    forms = {name: form(tag, request.POST if name == act else None) for name, form in _FORMS.items()}
    forms["describe"].initial["description"] = tag.description
    if request.method != "POST":
        return _page(request, tag, forms)
    form = forms.get(act)
    if form is not None and not form.is_valid():
        # The summary above the form says what is wrong with it.
        return _page(request, tag, forms, status=422)
    if act not in _ACTS:
        problem = Sentence("Please choose what to do.", "choose")
    else:
        try:
            return redirect("curate_tag", slug=_ACTS[act](request, person_of(request), tag, form).slug)
        except ForewarnedError as refused:
            if form is not None:
                form.add_error(next(iter(form.fields)), ValidationError(refused.sentence, code=refused.code))
                return _page(request, tag, forms, status=422)
            problem = refused.sentence
    return _page(request, tag, forms, status=422, problem=problem)


def _page(
    request: HttpRequest, tag: Tag, forms: dict[str, Any], *, status: int = 200, problem: str = ""
) -> HttpResponse:
    merges = {merge.folded: merge for merge in tag.merges.select_related("inside")}
    context = {
        "tag": tag,
        "forms": forms,
        "synonyms": [(synonym, merges.get(synonym.folded)) for synonym in tag.synonyms.all()],
        "problem": problem,
        "uses": tag.tagged_warnings.count(),
        "tags": known_tags(),
    }
    return render(request, "reports/tagging/curate.html", context, status=status)


def _merge(request: HttpRequest, actor: User, tag: Tag, form: Any) -> Tag:
    into: Tag = form.cleaned_data["into"]
    tag_actions.merge(actor=actor, tag=tag, into=into)
    messages.success(request, f"“{tag.name}” is “{into.name}” from now on.", extra_tags="merged")
    return into


def _rename(request: HttpRequest, actor: User, tag: Tag, form: Any) -> Tag:
    renamed = tag_actions.rename(actor=actor, tag=tag, name=form.cleaned_data["name"])
    messages.success(request, f"“{tag.name}” is called “{renamed.name}” from now on.", extra_tags="renamed")
    return renamed


def _describe(request: HttpRequest, actor: User, tag: Tag, form: Any) -> Tag:
    tag_actions.describe(actor=actor, tag=tag, description=form.cleaned_data["description"])
    messages.success(request, "The description is stored.", extra_tags="described")
    return tag


def _add_synonym(request: HttpRequest, actor: User, tag: Tag, form: Any) -> Tag:
    synonym = tag_actions.add_synonym(actor=actor, tag=tag, name=form.cleaned_data["synonym"])
    messages.success(request, f"“{synonym.name}” leads to “{tag.name}” from now on.", extra_tags="synonym-added")
    return tag


def _remove_synonym(request: HttpRequest, actor: User, tag: Tag, form: Any) -> Tag:
    synonym = tag.synonyms.filter(slug=without_unstorable(request.POST.get("of", ""))).first()
    if synonym is None:
        raise tag_actions.TagActionError("This synonym is gone already.", "synonym-gone")
    tag_actions.remove_synonym(actor=actor, synonym=synonym)
    messages.success(request, f"“{synonym.name}” leads nowhere from now on.", extra_tags="synonym-removed")
    return tag


def _undo(request: HttpRequest, actor: User, tag: Tag, form: Any) -> Tag:
    merged = tag.merges.filter(slug=without_unstorable(request.POST.get("of", ""))).first()
    if merged is None:
        raise tag_actions.TagActionError("This merge was undone or made final meanwhile.", "merge-over")
    back = tag_actions.undo_merge(actor=actor, merged=merged)
    messages.success(request, f"“{back.name}” is a tag of its own again.", extra_tags="merge-undone")
    return back


_FORMS: dict[str, type[TagForm]] = {
    "merge": MergeForm,
    "rename": RenameForm,
    "describe": DescriptionForm,
    "add": SynonymForm,
}
_ACTS: dict[str, Callable[[HttpRequest, User, Tag, Any], Tag]] = {
    "merge": _merge,
    "rename": _rename,
    "describe": _describe,
    "add": _add_synonym,
    "remove": _remove_synonym,
    "undo": _undo,
}
