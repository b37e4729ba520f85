"""Rows for tests, with no more said than a test needs."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from accounts.models import User
from common.text.folding import fold
from common.text.markdown import RENDERER_VERSION
from directory.choices import CanDisable, Control, FeatureFamily, NameKind, ToolKind
from directory.models import Feature, Source, Tool, ToolFeature, ToolFeatureCitation, ToolName
from directory.signals import entries_changed
from reports.actions.warnings import rendered
from reports.choices import AlarmKind, Status
from reports.models import Alarm, Comment, Report, Tag, Warning
from reports.signals import post_submitted, posts_changed
from reports.tag_names import fold_tag

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def announce(row: Any) -> None:
    """Tell of a new row as the action would that makes such rows."""
    signal = posts_changed if isinstance(row, Warning | Report | Comment) else entries_changed
    signal.send(sender=type(row), keys=[row.pk])
    if isinstance(row, Report | Comment):
        submitted(row)


def submitted(row: Any) -> None:
    """Announce that a post was written or changed, as the action does that writes it."""
    post_submitted.send(sender=type(row), post=row)


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account."""

    class Meta:
        model = User

    handle = factory.Sequence(lambda n: f"member{n}")
    handle_folded = factory.LazyAttribute(lambda user: fold(user.handle))


class SourceFactory(factory.django.DjangoModelFactory):
    """A page that backs facts."""

    class Meta:
        model = Source

    url = factory.Sequence(lambda n: f"https://example.org/page/{n}")
    title = factory.Sequence(lambda n: f"Page {n}")
    publisher = "Example"
    confirmed = True


class FeatureFactory(factory.django.DjangoModelFactory):
    """An abusive feature."""

    class Meta:
        model = Feature
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"made-feature-{n}")
    name = factory.Sequence(lambda n: f"Made feature {n}")
    family = FeatureFamily.SURVEILLANCE
    summary = "It watches."
    harm = "It hurts."
    defence = "Refuse it."
    severity = 4
    severity_reason = "Because it watches."
    announced = factory.PostGeneration(lambda row, *_: announce(row))


class ToolFactory(factory.django.DjangoModelFactory):
    """A tool with its official name."""

    class Meta:
        model = Tool
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"made-tool-{n}")
    name = factory.Sequence(lambda n: f"Madetool {n}")
    kind = ToolKind.MESSENGER
    summary = "A tool made for a test."

    @factory.post_generation
    def official_name(obj: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        """Every tool goes by its own name."""
        ToolName.objects.create(
            tool=obj, text=obj.name, folded=fold(obj.name), kind=NameKind.OFFICIAL, script="Latin"
        )
        announce(obj)


class FactFactory(factory.django.DjangoModelFactory):
    """A reviewed fact with one confirmed source."""

    class Meta:
        model = ToolFeature
        skip_postgeneration_save = True

    tool = factory.SubFactory(ToolFactory)
    feature = factory.SubFactory(FeatureFactory)
    control = Control.OTHER_PARTY
    can_disable = CanDisable.NO
    detail = "They can."
    reviewed = True
    checked_on = date(2026, 11, 1)

    @factory.post_generation
    def citation(obj: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        """A fact has a source."""
        ToolFeatureCitation.objects.create(fact=obj, source=SourceFactory(), confirmed=True)
        announce(obj.tool)


class TagFactory(factory.django.DjangoModelFactory):
    """A tag."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"made tag {n}")
    slug = factory.Sequence(lambda n: f"made-tag-{n}")
    folded = factory.LazyAttribute(lambda tag: fold_tag(tag.name))


class WarningFactory(factory.django.DjangoModelFactory):
    """A published warning."""

    class Meta:
        model = Warning
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"made-warning-{n}")
    title = factory.Sequence(lambda n: f"Made warning {n}")
    summary = "Something happened."
    status = Status.PUBLISHED
    published_at = NOON
    announced = factory.PostGeneration(lambda row, *_: announce(row))


class CommentFactory(factory.django.DjangoModelFactory):
    """A published comment."""

    class Meta:
        model = Comment
        skip_postgeneration_save = True

    class Params:
        text = "I agree."

    warning = factory.SubFactory(WarningFactory)
    author = factory.SubFactory(UserFactory)
    status = Status.PUBLISHED
    published_at = NOON
    body = factory.LazyAttribute(lambda comment: comment.text)
    body_html = factory.LazyAttribute(lambda comment: rendered(comment.text, Comment)["body_html"])
    body_renderer = RENDERER_VERSION
    announced = factory.PostGeneration(lambda row, *_: announce(row))


class ReportFactory(factory.django.DjangoModelFactory):
    """A published report."""

    class Meta:
        model = Report
        skip_postgeneration_save = True

    warning = factory.SubFactory(WarningFactory)
    status = Status.PUBLISHED
    published_at = NOON
    happened_in = date(2026, 10, 1)
    body = ""
    body_html = factory.LazyAttribute(lambda report: rendered(report.body, Report)["body_html"])
    body_renderer = RENDERER_VERSION
    announced = factory.PostGeneration(lambda row, *_: announce(row))


class AlarmFactory(factory.django.DjangoModelFactory):
    """An alarm about votes, as the scan raises it."""

    class Meta:
        model = Alarm
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"ring:{n}")
    kind = AlarmKind.RING
    submitted = factory.PostGeneration(lambda row, *_: submitted(row))
