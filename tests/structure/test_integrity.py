"""A field that is derived or stored twice has a check, or a reason why none can prove it."""

from django.apps import apps
from django.db import models

from common.db.row_checks import all_checks

DERIVED = (
    "html",
    "renderer",
    "folded",
    "skeleton",
    "digest",
    "sha256",
    "grade",
    "script",
    "head",
    "expires_on",
    "published_at",
)
# Fields with such a name or a number or a yes and no that nothing else says: why no check can prove them.
ORIGINAL = {
    "chosen by people or by the catalogue": "position confirmed severity most present reviewed retired title status_note digest"
    " dispute_url_confirmed report_url_confirmed added updated unchanged is_active is_spam"
    " ambiguous neutral automatic remembered blurred by_moderators news notify unnamed disputed locked expires_at description",
    "only the hash is stored": "folded_hash skeleton_hash",
    "counts what is not stored": "count version based_on",
    "follows what was learnt at the time": "spam",
}


def test_every_derived_field_of_every_model_has_a_check() -> None:
    proven = {field for check in all_checks() for field in check.fields}
    fields = {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in {"accounts", "audit", "directory", "moderation", "reports", "search"}
        for field in model._meta.concrete_fields
    }
    assert proven - set(fields) == set()
    original = {name for names in ORIGINAL.values() for name in names.split()}
    kinds = (models.IntegerField, models.FloatField, models.BooleanField)
    derived = {
        label
        for label, field in fields.items()
        if not (field.primary_key or field.is_relation)
        and (isinstance(field, kinds) or any(word in field.name for word in DERIVED))
        and field.name not in original
    }
    assert derived - proven == set()
