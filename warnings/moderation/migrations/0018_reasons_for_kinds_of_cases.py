"""A reason says about which kinds of cases it speaks, instead of the code naming two of them."""

from django.db import migrations, models
from django.db.models import JSONField, Value

_KINDS = {"no-source": ["suggestion", "entry"], "advertises-itself": ["statement"]}


def fill(apps, schema_editor):
    reasons = apps.get_model("moderation", "Reason").objects
    for slug, kinds in _KINDS.items():
        reasons.filter(slug=slug, kinds=[]).update(kinds=kinds)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0017_withdrawn_and_bulk")]
    operations = [
        # The default stays in the database, since the software before adds reasons without kinds.
        migrations.AddField(
            model_name="reason",
            name="kinds",
            field=models.JSONField(
                blank=True,
                db_default=Value([], output_field=JSONField()),
                default=list,
                help_text="The kinds of cases that it is only for; all if empty.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
