"""Tools: their names, facts about them, and their protections."""

from django.db import models
from django.db.models import F, Q

from common.db.constraints import one_of
from directory import querysets
from directory.choices import REAL_NAME_KINDS, CanDisable, Control, Grade, NameKind, SwitchOff, ToolKind, ToolStatus
from directory.disableability import can_switch_off
from directory.grade import grade_of
from directory.languages import ENGLISH
from directory.models.features import Feature
from directory.models.sources import Citation, Source


class Vendor(models.Model):
    """The maker of a tool, who may respond to what is said about it."""

    name = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code; ZZ or empty: not known.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Tool(models.Model):
    """A communication, monitoring, time-tracking or remote-access program.

    The fields from `grade` on are computed from the facts by `actions.assessments.refresh_assessments` and stored so
    that lists can sort by them; `assessment_expires_on` is the day on which a fact becomes stale.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    vendor = models.ForeignKey(Vendor, null=True, blank=True, on_delete=models.PROTECT, related_name="tools")
    kind = models.CharField(max_length=40, choices=ToolKind)
    status = models.CharField(max_length=20, choices=ToolStatus, default=ToolStatus.ACTIVE)
    status_note = models.TextField(blank=True)
    website = models.URLField(max_length=2_000, blank=True)
    platforms = models.JSONField(default=list)
    common_where = models.JSONField(default=list)
    summary = models.TextField()
    safer_use = models.JSONField(default=list)
    alternatives = models.ManyToManyField("self", through="Alternative", symmetrical=False, related_name="+")
    grade = models.CharField(max_length=1, choices=Grade, blank=True)
    risk = models.FloatField(default=0)
    coverage = models.FloatField(default=0)
    provisional = models.BooleanField(default=True)
    assessment_expires_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.ToolQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            one_of("kind", ToolKind),
            one_of("status", ToolStatus),
            one_of("grade", Grade, blank=True),
            models.CheckConstraint(
                condition=Q(risk__gte=0, risk__lte=100, coverage__gte=0, coverage__lte=1),
                name="directory_tool_assessment_in_range",
            ),
        )
        indexes = (models.Index(fields=["-risk", "name"], name="directory_tool_by_risk"),)

    def __str__(self) -> str:
        return self.name

    @property
    def held_by_floor(self) -> bool:
        """Whether the grade is worse than the risk alone would make it."""
        return bool(self.grade) and grade_of(self.risk) < self.grade


class ToolName(models.Model):
    """A name of a tool, including native scripts, misspellings and disguises."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=120)
    folded = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=20, choices=NameKind)
    script = models.CharField(max_length=40, help_text="The writing system, by its Unicode name.")
    lang = models.CharField(
        max_length=8, blank=True, default="", db_default="", help_text="The language it belongs to; empty: not said."
    )
    ambiguous = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether it is also an ordinary word or another thing's name.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            one_of("kind", NameKind),
            models.UniqueConstraint(fields=["tool", "folded"], name="directory_toolname_once_per_tool"),
            models.UniqueConstraint(
                fields=["tool"], condition=Q(kind=NameKind.OFFICIAL), name="directory_toolname_one_official"
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="directory_toolname_not_empty"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_real(self) -> bool:
        """Whether the name is shown to readers."""
        return self.kind in REAL_NAME_KINDS


class ToolDomain(models.Model):
    """A domain of links to a tool."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, db_index=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["tool", "domain"], name="directory_tooldomain_once_per_tool"),)

    def __str__(self) -> str:
        return self.domain


class ToolAppScheme(models.Model):
    """A scheme of links that open a tool's app: `dingtalk` in `dingtalk://chat`."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="app_schemes")
    scheme = models.CharField(max_length=40, db_index=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["tool", "scheme"], name="directory_toolappscheme_once_per_tool"),
        )

    def __str__(self) -> str:
        return self.scheme


class ToolDescription(models.Model):
    """Words by which people describe a tool whose name they do not know.

    Neutral ones (its icon, its maker, former names, where it is used) are shown. The others say what people do with
    it: they are searched, but never stated.
    """

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="descriptions")
    text = models.CharField(max_length=200)
    lang = models.CharField(max_length=8, default=ENGLISH)
    neutral = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["tool", "lang", "text"], name="directory_tooldescription_once_per_tool"),
        )

    def __str__(self) -> str:
        return self.text


class Alternative(models.Model):
    """An alternative to a tool."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="alternative_links")
    alternative = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="alternative_for_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["tool", "alternative"], name="directory_alternative_once"),
            models.CheckConstraint(condition=~Q(tool=F("alternative")), name="directory_alternative_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.alternative} instead of {self.tool}"


class ToolFeature(models.Model):
    """A fact: whether a tool has a feature, in which scope, and who can switch it off.

    The scope fields are empty if the fact applies to all platforms, plans, roles or regions. `reviewed` means that a
    source was opened and confirms the fact; only reviewed facts count for the grade, and only while `checked_on` is
    recent enough.
    """

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="facts")
    feature = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="facts")
    present = models.BooleanField(default=True)
    control = models.CharField(max_length=20, choices=Control, blank=True)
    can_disable = models.CharField(max_length=20, choices=CanDisable, blank=True)
    platform = models.CharField(max_length=80, blank=True)
    plan = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    detail = models.TextField()
    reviewed = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    sources = models.ManyToManyField(Source, through="ToolFeatureCitation", related_name="tool_features")

    objects = querysets.ToolFeatureQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            one_of("control", Control, blank=True),
            one_of("can_disable", CanDisable, blank=True),
            models.UniqueConstraint(
                fields=["tool", "feature", "platform", "plan", "role", "region"],
                name="directory_toolfeature_once_per_scope",
            ),
            models.CheckConstraint(
                condition=(Q(present=True) & ~Q(control="") & ~Q(can_disable=""))
                | Q(present=False, control="", can_disable=""),
                name="directory_toolfeature_present_says_who_controls",
            ),
        )

    def __str__(self) -> str:
        return f"{self.tool}: {'' if self.present else 'no '}{self.feature}"

    @property
    def switch_off(self) -> SwitchOff:
        """Who can switch the feature off, as shown to readers; only for a feature that the tool has."""
        return can_switch_off(self.control, self.can_disable)

    @property
    def scope(self) -> list[str]:
        """The parts of the scope that are restricted, in reading order."""
        return [part for part in (self.platform, self.plan, self.role, self.region) if part]


class ToolFeatureCitation(Citation):
    """A source for a fact."""

    fact = models.ForeignKey(ToolFeature, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (models.UniqueConstraint(fields=["fact", "source"], name="directory_toolfeaturecitation_once"),)


class Protection(models.Model):
    """A measure by which a tool protects its users."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="protections")
    name = models.CharField(max_length=120)
    detail = models.TextField()
    checked_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    sources = models.ManyToManyField(Source, through="ProtectionCitation", related_name="protections")

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["tool", "name"], name="directory_protection_once_per_tool"),)

    def __str__(self) -> str:
        return self.name


class ProtectionCitation(Citation):
    """A source for a protection."""

    protection = models.ForeignKey(Protection, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (
            models.UniqueConstraint(fields=["protection", "source"], name="directory_protectioncitation_once"),
        )
