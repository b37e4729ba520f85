"""The database itself refuses what must not be, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from directory.choices import NameKind
from directory.models import Alternative, Feature, ReadyReply, Source, Tactic, Tool, ToolName
from tests.factories import FactFactory, FeatureFactory, ToolFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def second_name(**changes: object) -> Callable[[], object]:
    def write() -> None:
        tool = ToolFactory(name="Madetool")
        values = {"tool": tool, "text": "x", "folded": "x", "kind": NameKind.ALIAS, "script": "Latin"} | changes
        ToolName.objects.create(**values)

    return write


FORBIDDEN: dict[str, Callable[[], object]] = {
    "a slug twice": lambda: ToolFactory(slug="dingtalk"),
    "an unknown kind": lambda: ToolFactory(kind="spaceship"),
    "an unknown status": lambda: ToolFactory(status="lost"),
    "an unknown grade": lambda: ToolFactory(grade="F"),
    "a risk above 100": lambda: ToolFactory(risk=101),
    "a coverage above 1": lambda: ToolFactory(coverage=1.1),
    "a folded name twice on one tool": second_name(text="MADE TOOL", folded="madetool"),
    "two official names": second_name(kind=NameKind.OFFICIAL),
    "an empty folded name": second_name(folded=""),
    "an unknown kind of name": second_name(kind="nickname"),
    "a severity of 6": lambda: FeatureFactory(severity=6),
    "an unknown family": lambda: FeatureFactory(family="x"),
    "a floor without a reason": lambda: FeatureFactory(floor="D"),
    "a feature that replaces itself": lambda: Feature.objects.filter(slug="read-receipts").update(
        replaced_by=Feature.objects.get(slug="read-receipts")
    ),
    "a present fact that nobody controls": lambda: FactFactory(control=""),
    "an absent fact that somebody controls": lambda: FactFactory(present=False),
    "an unknown control": lambda: FactFactory(control="magic"),
    "an unknown way to disable": lambda: FactFactory(can_disable="maybe"),
    "a source that is no web page": lambda: Source.objects.create(url="javascript:x", title="x", publisher="x"),
    "a tool as its own alternative": lambda: Alternative.objects.create(
        tool=Tool.objects.get(slug="signal"), alternative=Tool.objects.get(slug="signal")
    ),
    "two general replies to a tactic": lambda: ReadyReply.objects.create(
        tactic=Tactic.objects.get(slug="scope-creep"), text="x"
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_refuses(what: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FORBIDDEN[what]()


def test_a_fact_may_be_said_once_for_each_scope() -> None:
    fact = FactFactory()
    FactFactory(tool=fact.tool, feature=fact.feature, platform="iOS")
    with pytest.raises(IntegrityError), transaction.atomic():
        FactFactory(tool=fact.tool, feature=fact.feature)
