"""Standing on a warning that is there: offered, chosen, seen, given up again, and never a dead end."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Tool
from reports.choices import Status
from reports.models import Draft, Report, Warning
from tests.factories import WarningFactory
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db

FOUNDING = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"


def test_is_it_one_of_these_is_asked_once_and_one_click_joins(visitor: Client, filled: dict[str, Any]) -> None:
    form = filled | {"tools": "DingTalk", "title": "A buyer who asks you to use DingTalk"}
    response = visitor.post("/report/", form)
    assert response.status_code == 422
    assert [warning.slug for warning in response.context["offers"]] == [FOUNDING]
    assert not Report.objects.filter(founding=False).exists()
    visitor.post("/report/", form | {"joins": FOUNDING, "version": response.context["writing"].version})
    report = Report.objects.get(founding=False)
    assert report.warning.slug == FOUNDING
    assert Warning.objects.count() == 1


def test_a_corroboration_needs_no_text(member: Client, filled: dict[str, Any]) -> None:
    response = member.post(
        "/report/", filled | {"joins": FOUNDING, "tools": "", "title": "", "body": ""}, follow=True
    )
    assert response.status_code == 200
    assert Report.objects.get(founding=False).warning.slug == FOUNDING


def test_what_was_chosen_is_seen_and_can_be_given_up(visitor: Client, filled: dict[str, Any]) -> None:
    form = filled | {"joins": FOUNDING, "tools": "DingTalk"}
    page = visitor.post("/report/", form | {"act": "preview"})
    [joined] = elements(page, "div", data_joined="")
    assert "hidden" not in joined.attributes
    assert f"/warnings/{FOUNDING}/" in [one.attributes.get("href") for one in joined.everything()]
    [left_out] = [one for one in joined.everything() if one.attributes.get("data-part") == "left-out"]
    assert left_out.text
    version = page.context["writing"].version
    left = visitor.post("/report/", form | {"act": "leave", "version": version})
    assert left.status_code == 200
    assert f'value="{FOUNDING}"' not in left.content.decode()
    assert "data-joined hidden" in left.content.decode()
    assert Draft.objects.get().fields["joins"] == [""]


@pytest.mark.parametrize("slug", ["locked", "no-such-warning", "a\x00b"])
def test_a_warning_that_is_locked_or_gone_cannot_be_joined(
    visitor: Client, filled: dict[str, Any], slug: str
) -> None:
    WarningFactory(slug="locked", locked=True)
    first = visitor.post("/report/", filled | {"joins": slug})
    assert first.status_code == 422
    assert first.context["writing"].joined.why_not.code == "closed"
    assert first.context["writing"].joined.why_not in first.content.decode()
    assert filled["body"] in first.content.decode()
    again = {
        "joins": first.context["writing"].data["joins"],
        "version": first.context["writing"].version,
    }
    assert visitor.post("/report/", filled | again).status_code == 302
    assert Report.objects.get(founding=False).warning.title == filled["title"]


def test_a_merged_warning_leads_on_to_the_one_it_was_merged_into(visitor: Client, filled: dict[str, Any]) -> None:
    target = WarningFactory(title="Where it went")
    merged = WarningFactory(status=Status.MERGED, merged_into=target)
    assert "Where it went" in visitor.get(f"/report/?joins={merged.slug}").content.decode()
    assert visitor.post("/report/", filled | {"joins": merged.slug}).status_code == 302
    assert Report.objects.get(founding=False).warning == target
    Warning.objects.filter(pk=target.pk).update(locked=True)
    closed = visitor.get(f"/report/?joins={merged.slug}")
    assert closed.context["writing"].joined.why_not.code == "closed"
    assert closed.context["writing"].joined.why_not in closed.content.decode()


@pytest.mark.parametrize("tools", ["WeChat", "Zorblax"])
def test_other_tools_than_its_own_make_a_new_warning(visitor: Client, filled: dict[str, Any], tools: str) -> None:
    about = WarningFactory(title="About one tool")
    about.tools.add(Tool.objects.get(slug="dingtalk"))
    page = visitor.post("/report/", filled | {"joins": about.slug, "tools": tools})
    assert page.status_code == 422
    why = page.context["writing"].joined.why_not
    assert why.code == "apart"
    assert "About one tool" in why
    assert why in page.content.decode()
    assert page.context["writing"].data["joins"] == ""
    both = {"joins": about.slug, "tools": f"{tools}, ding talk", "version": page.context["writing"].version}
    assert visitor.post("/report/", filled | both).status_code == 302
    assert Report.objects.get(founding=False).warning == about
