"""Vendors can withdraw statements; decisions in bulk know of each other."""

from django.db import migrations, models

_STATES = ["unverified", "pending", "published", "declined", "replaced"]
_KNOWN = "moderation_statement_state_known"


def _known(*more):
    return models.CheckConstraint(condition=models.Q(("state__in", [*_STATES, *more])), name=_KNOWN)


def replace_withdrawn(apps, schema_editor):
    """The software before knows no withdrawn statement; it does not show a replaced one either."""
    apps.get_model("moderation", "Statement").objects.filter(state="withdrawn").update(state="replaced")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0016_reasons_and_deadlines")]
    operations = [
        migrations.AlterField(
            model_name="statement",
            name="state",
            field=models.CharField(
                choices=[
                    ("unverified", "Waits for proof of who writes"),
                    ("pending", "Waits for a moderator"),
                    ("published", "Shown"),
                    ("declined", "Not shown"),
                    ("replaced", "Replaced by a newer one"),
                    ("withdrawn", "Withdrawn by the vendor"),
                ],
                default="unverified",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="decision", name="batch", field=models.UUIDField(blank=True, editable=False, null=True)
        ),
        # A site has a handful of statements, so checking them takes no time.
        migrations.RemoveConstraint(model_name="statement", name=_KNOWN),
        migrations.RunPython(migrations.RunPython.noop, replace_withdrawn),
        migrations.AddConstraint(model_name="statement", constraint=_known("withdrawn")),
    ]
