"""The initial reasons of a new site, which administrators can change on the site."""

from moderation.choices import Act

_NO = [Act.DECLINE, Act.UNPUBLISH, Act.HIDE]
_PERSON = [Act.WARN, Act.SUSPEND]

# slug, label, text for the person concerned, rule, acts
FIRST_REASONS = (
    (
        "personal-data",
        "Names or exposes a person",
        "It names a private person, or holds data that leads to one. We judge conduct and tools, never persons. You"
        " can send it again without the names.",
        "Guidelines: no private individual is named",
        [Act.REQUEST_CHANGES, *_NO, Act.REDACT, Act.CORRECTED, *_PERSON],
    ),
    (
        "no-first-hand",
        "Not first-hand and no source",
        "It tells neither what happened to you nor where that can be read. Warnings rest on accounts of those it"
        " happened to, or on sources.",
        "Guidelines: say what happened, or name a source",
        [Act.REQUEST_CHANGES, *_NO],
    ),
    (
        "not-about-this",
        "Does not belong here",
        "It is not about a tool, a trick or a demand that freelancers meet.",
        "Guidelines: what belongs here",
        [*_NO, Act.LOCK],
    ),
    (
        "advertising",
        "Advertising or spam",
        "It advertises something, or was posted in many places.",
        "Guidelines: no advertising",
        [*_NO, *_PERSON],
    ),
    (
        "attacks-people",
        "Attacks people or a nationality",
        "It attacks people for what they are or where they are from. Write about what was done.",
        "Guidelines: conduct, never a nationality or a person",
        [*_NO, Act.LOCK, *_PERSON],
    ),
    (
        "same-as-another",
        "The same as another warning",
        "There is a warning about the same. Your account, the comments and the votes stand there now, and the old"
        " address leads there.",
        "Guidelines: one subject, one warning",
        [Act.MERGE, Act.DECLINE],
    ),
    (
        "not-true",
        "Shown not to be true",
        "We looked into it, and what it says is not so. If you have something that shows it, please appeal.",
        "Guidelines: facts with sources",
        [*_NO, Act.CORRECTED],
    ),
    (
        "illegal",
        "Against the law",
        "We were told, and find, that publishing it is against the law. The law is named below.",
        "The law named in the decision",
        [*_NO, Act.REDACT, Act.CORRECTED],
    ),
    (
        "unclear",
        "Cannot be understood",
        "We could not understand what happened. Please tell it again, step by step; any language is fine.",
        "Guidelines: say what happened",
        [Act.REQUEST_CHANGES, Act.DECLINE],
    ),
    (
        "no-source",
        "The edit has no source",
        "What the edit says is not in the source that it names, or it names none.",
        "Guidelines: every claim about a tool carries its source",
        [Act.DECLINE],
    ),
    (
        "advertises-itself",
        "The statement says more than it may",
        "A statement answers what is said about the tool: without advertising, and without attacks.",
        "Guidelines: statements of vendors",
        [Act.DECLINE],
    ),
    (
        "votes-of-a-ring",
        "Votes that are not independent",
        "Your votes and those of other accounts were not independent of each other. They do not count.",
        "Guidelines: one person, one vote",
        [Act.VOID_VOTES, *_PERSON],
    ),
    (
        "heated",
        "The discussion was heated",
        "We closed the discussion so that it can cool down.",
        "Guidelines: be kind",
        [Act.LOCK, Act.WARN],
    ),
    (
        "checked-while-hidden",
        "Hidden while we check",
        "Somebody told us of a problem. We hide it while we check, and you hear from us.",
        "Guidelines: what happens to a flag",
        [Act.HIDE],
    ),
    (
        "abuse-of-notices",
        "Repeated flags or notices without ground",
        "You flagged or notified many things without ground, after we had asked you to stop.",
        "Guidelines: misuse of notices",
        _PERSON,
    ),
    (
        "when-and-where",
        "When, where, in whose words",
        "Please add when it happened, on which marketplace, and what was asked of you: in their words, if you still"
        " have them.",
        "",
        [Act.REQUEST_CHANGES],
    ),
    (
        "show-it",
        "A picture would help",
        "If you have a screenshot of what was asked, please add it, with every name covered.",
        "",
        [Act.REQUEST_CHANGES],
    ),
    (
        "manifestly-unfounded",
        "Manifestly without ground",
        "What you notified us of is plainly not against the law: the notice names no passage, or says nothing that a"
        " law forbids, or the same was decided before and nothing is new.",
        "Guidelines: misuse of notices",
        [Act.UNFOUNDED, Act.WARN_NOTIFIER, Act.PAUSE_NOTIFIER],
    ),
    (
        "keeps-to-the-rules",
        "Keeps to the guidelines",
        "We read it again and checked what you told us. It keeps to the guidelines, so it stays. If we missed"
        " something, please appeal and say which passage is wrong, and why.",
        "Guidelines: what happens to a flag",
        [Act.NO_ACTION, Act.RESTORE],
    ),
    (
        "not-shown-to-be-illegal",
        "Not shown to be against the law",
        "We checked what you reported. From what you told us, we cannot see that it is against the law, so it stays."
        " If you can name the passage and what is unlawful about it, please appeal.",
        "Guidelines: what happens to a legal notice",
        [Act.NO_ACTION, Act.RESTORE],
    ),
    (
        "decision-was-right",
        "The first decision was right",
        "Another moderator read your appeal and checked the decision again. It follows the guidelines, and your"
        " appeal shows nothing that would change it.",
        "Guidelines: appeals",
        [Act.UPHOLD],
    ),
)
