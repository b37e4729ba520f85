"""Schemas of catalogue files, one model for each kind of entry. Unknown fields are rejected."""

from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from common.text.folding import fold
from common.urls import validate_app_scheme, validate_domain, validate_link_prefix, validate_web_url
from directory.choices import (
    CanDisable,
    Control,
    FeatureFamily,
    Grade,
    NameKind,
    Platform,
    RuleTopic,
    TacticFamily,
    ToolKind,
    ToolStatus,
)
from directory.languages import validate_language

T = TypeVar("T")

LONGEST_DESCRIPTION = 200


def _no_control_characters(text: str) -> str:
    bad = next((char for char in text if (ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160), None)
    if bad is not None:
        raise ValueError(f"holds the control character U+{ord(bad):04X}")
    return text


def _has_letters(text: str) -> str:
    if not fold(text):
        raise ValueError(f"{text!r} holds no letter or digit")
    return text


def _unique(items: list[T]) -> list[T]:
    seen: list[T] = []
    for item in items:
        if item in seen:
            raise ValueError(f"{item!r} stands there twice")
        seen.append(item)
    return items


def _country(code: str) -> str:
    if code and not (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError(f"{code!r} is not a two-letter country code such as DE")
    return code


def _platform(given: Any) -> Any:
    """Normalize the spelling of a platform ("iOS", "Chrome extension")."""
    if not isinstance(given, str):
        return given
    known = given.strip().lower().replace(" ", "-")
    return {"chrome-extension": "browser-extension"}.get(known, known)


def _quoted_yes_or_no(given: Any) -> Any:
    if isinstance(given, bool):
        raise ValueError(f"is yes or no without quotes, which YAML reads as {given}; write 'yes' or 'no'")
    return given


def _web_address_or_empty(url: str) -> str:
    return validate_web_url(url) if url else url


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
CleanText = Annotated[Text, AfterValidator(_no_control_characters)]
OptionalText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(_no_control_characters)
]
ShortText = Annotated[CleanText, StringConstraints(max_length=120)]
Title = Annotated[CleanText, StringConstraints(max_length=300)]
Name = Annotated[ShortText, AfterValidator(_has_letters)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Url = Annotated[str, AfterValidator(validate_web_url)]
OptionalUrl = Annotated[str, AfterValidator(_web_address_or_empty)]
Domain = Annotated[str, AfterValidator(validate_domain)]
AppScheme = Annotated[str, AfterValidator(validate_app_scheme)]
Language = Annotated[str, AfterValidator(validate_language)]
Description = Annotated[CleanText, StringConstraints(max_length=LONGEST_DESCRIPTION), AfterValidator(_has_letters)]
LinkPrefix = Annotated[str, AfterValidator(validate_link_prefix)]
Severity = Annotated[StrictInt, Field(ge=1, le=5)]
Scope = Annotated[OptionalText, StringConstraints(max_length=80)]
TextList = Annotated[list[CleanText], AfterValidator(_unique)]


class Part(BaseModel):
    """Base class of everything in a catalogue file; rejects unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(Part):
    """A page that backs a fact, as cited in one place."""

    url: Url
    title: Title
    publisher: Annotated[CleanText, StringConstraints(max_length=200)]
    confirmed: StrictBool
    passage: Annotated[OptionalText, StringConstraints(max_length=500)] = ""


def _each_page_once(sources: list[SourceEntry]) -> list[SourceEntry]:
    _unique([source.url for source in sources])
    return sources


Sources = Annotated[list[SourceEntry], AfterValidator(_each_page_once)]
SomeSources = Annotated[Sources, Field(min_length=1)]


class Entry(Part):
    """Base class of entries."""

    slug: Slug


class FloorEntry(Part):
    """The best grade possible for tools with a feature, and the reason."""

    grade: Grade
    kinds: Annotated[list[ToolKind], AfterValidator(_unique)] = []
    reason: CleanText


class FeatureEntry(Entry):
    """A file under `features/`."""

    name: Name
    family: FeatureFamily
    summary: CleanText
    harm: CleanText
    defence: CleanText
    severity: Severity
    severity_reason: CleanText
    applies_to: Annotated[list[ToolKind], AfterValidator(_unique)] = []
    floor: FloorEntry | None = None
    replaced_by: Slug | None = None


class AliasEntry(Part):
    """A name with its language, whether it is ambiguous, or its kind where the naming rules would be wrong."""

    name: Name
    kind: NameKind | None = None
    lang: Language | None = None
    ambiguous: StrictBool = False


class DescribedEntry(Part):
    """Words that describe a tool, by language: neutral ones are shown, the others only searched."""

    neutral: dict[Language, list[Description]] = {}
    searched: dict[Language, list[Description]] = {}

    @model_validator(mode="after")
    def _no_description_twice(self) -> "DescribedEntry":
        for lang in {*self.neutral, *self.searched}:
            _unique([text for given in (self.neutral, self.searched) for text in given.get(lang, ())])
        return self


class FactEntry(Part):
    """A fact: whether a tool has a feature."""

    feature: Slug
    present: StrictBool = True
    control: Control | None = None
    can_disable: Annotated[CanDisable, BeforeValidator(_quoted_yes_or_no)] | None = None
    platform: Scope = ""
    plan: Scope = ""
    role: Scope = ""
    region: Scope = ""
    detail: CleanText
    reviewed: StrictBool | None = None
    checked_on: date | None = None
    sources: SomeSources

    @model_validator(mode="after")
    def _control_goes_with_presence(self) -> "FactEntry":
        if self.present and not (self.control and self.can_disable):
            raise ValueError("'control' and 'can_disable' are missing: a feature that is there needs both")
        if not self.present and (self.control or self.can_disable):
            raise ValueError("a feature that is not there has no 'control' and no 'can_disable'")
        return self


class ProtectionEntry(Part):
    """A measure by which a tool protects people."""

    name: Name
    detail: CleanText
    checked_on: date | None = None
    sources: Sources


class ToolEntry(Entry):
    """A file under `tools/`."""

    name: Name
    ambiguous: StrictBool = False
    aliases: list[Name | AliasEntry]
    vendor: Annotated[OptionalText, StringConstraints(max_length=200)]
    vendor_country: Annotated[str, AfterValidator(_country)]
    kind: ToolKind
    status: ToolStatus
    status_note: OptionalText
    website: OptionalUrl
    domains: Annotated[list[LinkPrefix], AfterValidator(_unique)]
    app_schemes: Annotated[list[AppScheme], AfterValidator(_unique)] = []
    described_as: DescribedEntry = DescribedEntry()
    platforms: list[Annotated[Platform, BeforeValidator(_platform)]]
    common_where: TextList
    summary: CleanText
    features: list[FactEntry]
    protections: list[ProtectionEntry]
    safer_use: TextList
    alternatives: Annotated[list[Slug], AfterValidator(_unique)]

    @model_validator(mode="after")
    def _no_fact_twice(self) -> "ToolEntry":
        _unique([(f.feature, f.platform, f.plan, f.role, f.region) for f in self.features])
        _unique([protection.name for protection in self.protections])
        if self.slug in self.alternatives:
            raise ValueError("'alternatives' names the tool itself")
        return self


class TacticEntry(Entry):
    """A file under `tactics/`."""

    name: Name
    aliases: list[Name]
    family: TacticFamily
    summary: CleanText
    how_it_works: TextList
    signs: TextList
    phrases: TextList
    what_to_do: TextList
    reply_template: CleanText
    severity: Severity
    severity_reason: CleanText
    checked_on: date | None = None
    sources: SomeSources


class RuleEntry(Part):
    """A marketplace's rule on one topic."""

    topic: RuleTopic
    rule: CleanText
    exceptions: OptionalText
    consequence: OptionalText
    reviewed: StrictBool | None = None
    checked_on: date | None = None
    sources: SomeSources


class MarketplaceEntry(Entry):
    """A file under `marketplaces/`."""

    name: Name
    domains: Annotated[list[Domain], AfterValidator(_unique)]
    rules: list[RuleEntry]
    report_how: TextList
    report_url: OptionalUrl
    report_url_confirmed: StrictBool
    dispute_url: OptionalUrl
    dispute_url_confirmed: StrictBool
    protections: TextList
    trigger_words: TextList = []
    conversion_fee: OptionalText | None
    conversion_fee_sources: Sources
    checked_on: date | None = None
    sources: Sources

    @model_validator(mode="after")
    def _one_rule_for_each_topic(self) -> "MarketplaceEntry":
        _unique([rule.topic for rule in self.rules])
        if self.conversion_fee and not self.conversion_fee_sources:
            raise ValueError("'conversion_fee' has no source in 'conversion_fee_sources'")
        return self


class Settings(Part):
    """The file `catalogue.yaml` with the settings of the whole catalogue."""

    compiled_on: date
