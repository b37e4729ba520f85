"""Every text about a warning that moderators or others write is redacted with it, or is none of its words."""

from django.db import models

from moderation import passages

# Not words about a warning: identifiers, numbers of moved rows, sealed copies, and who sent a notice, which a court may ask for.
KEPT = {
    "case": {"key"},
    "decision": {"kind", "sealed", "moved"},
    "appeal": {"role"},
    "legalnotice": {"code_hash", "submission_key", "name", "email"},
    "proposal": {"folded", "reports", "warnings"},
}


def test_each_text_of_what_is_about_a_warning_is_redacted() -> None:
    for kind, model in passages._MODELS.items():
        texts = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
        }
        redacted = {*passages._TEXTS[kind], passages._ADDRESSES.get(kind, "-")}
        redacted |= set(passages._STATES) if kind == "decision" else set()
        assert texts - redacted - KEPT.get(kind, set()) == set(), kind
