"""Reading a picture costs the site more than sending it does: it is asked for, counted and bounded in time."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.http.rate_limits import Limit
from common.http.uploads import FULL
from common.images.limits import MOST_SECONDS
from reports.models import Draft, Evidence, Report
from reports.views import evidence
from tests.common.images import hostile
from tests.common.proofs import solved

pytestmark = pytest.mark.django_db


def pictures(number: int) -> list[SimpleUploadedFile]:
    """Return different small pictures."""
    return [
        SimpleUploadedFile(f"{n}.png", hostile.saved(hostile.picture(size=(20 + n, 20)), "PNG"))
        for n in range(number)
    ]


@pytest.fixture
def one_each(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everyone may send one file without a proof, and three with one or with an account."""
    with monkeypatch.context() as context:
        for number, name in ((1, "UNPROVEN_FILES"), (3, "PROVEN_FILES"), (3, "MEMBERS_FILES")):
            limit = Limit(f"few-{name.lower()}", number, 3_600, "For this test")
            context.setattr(evidence, name, limit)
        yield


@pytest.mark.usefixtures("one_each")
def test_strangers_without_a_proof_send_fewer_files_and_keep_their_text(
    visitor: Client, filled: dict[str, Any]
) -> None:
    attach = filled | {"act": "attach", "pictures": pictures(2)}
    refused = visitor.post("/report/", attach)
    assert refused.status_code == 429
    assert filled["body"] in refused.content.decode()
    assert Draft.objects.get().fields["body"] == [filled["body"]]
    assert not Evidence.objects.exists()
    proof = solved(refused.context["challenge"])
    assert (
        visitor.post("/report/", attach | {"version": "1", "proof": proof, "pictures": pictures(2)}).status_code
        == 200
    )
    assert Evidence.objects.count() == 2
    again = visitor.post("/report/", attach | {"version": "1", "proof": proof, "pictures": pictures(3)[2:]})
    assert again.status_code == 429


@pytest.mark.usefixtures("one_each")
def test_files_of_an_account_are_counted_for_it(member: Client, filled: dict[str, Any]) -> None:
    assert member.post("/report/", filled | {"act": "attach", "pictures": pictures(3)}).status_code == 200
    more = filled | {"act": "attach", "version": "1", "pictures": pictures(1)}
    assert member.post("/report/", more).status_code == 429


@pytest.mark.usefixtures("one_each")
def test_files_that_are_added_by_a_tracking_code_are_counted(visitor: Client, filled: dict[str, Any]) -> None:
    code = visitor.post("/report/", filled, follow=True).context["code"]
    form = {"act": "attach", "pictures": pictures(2)}
    refused = visitor.post(f"/track/{code}/", form)
    assert refused.status_code == 429
    assert not Evidence.objects.exists()


def test_one_proof_is_enough_for_pictures_that_are_sent_with_the_report(
    visitor: Client, filled: dict[str, Any]
) -> None:
    proof = solved(visitor.get("/report/").context["challenge"])
    visitor.post("/report/", filled | {"proof": proof, "pictures": pictures(1)})
    report = Report.objects.get(founding=False)
    assert report.evidence.count() == 1
    assert "no-proof" not in str(report.hints)


def test_when_too_many_files_wait_the_text_is_kept_and_none_is_read(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "clean", None)
    visitor.defaults[FULL] = "1"
    page = visitor.post("/report/", filled | {"pictures": pictures(1)})
    assert page.status_code == 422
    assert [problem.code for problem in page.context["writing"].problems] == ["busy"]
    assert filled["body"] in page.content.decode()
    assert not Report.objects.filter(founding=False).exists()


def test_after_a_while_the_other_files_of_a_request_are_left_out_by_name(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([0.0, 1.0, 1.0 + evidence.MOST_SECONDS, 2.0 + evidence.MOST_SECONDS])
    monkeypatch.setattr(evidence, "monotonic", lambda: next(times))
    page = visitor.post("/report/", filled | {"act": "attach", "pictures": pictures(3)})
    problems = page.context["writing"].problems
    assert [problem.code for problem in problems] == ["late", "late"]
    assert [problem.split(":")[0] for problem in problems] == ["1.png", "2.png"]
    assert Evidence.objects.count() == 1
    assert MOST_SECONDS < evidence.MOST_SECONDS
