"""Handles are compared by look too, and those of erased accounts are kept back as hashes.

An account whose handle looks like that of an older account keeps it, without a skeleton of its own. The rows are filled
outside one large transaction, so that nobody waits for the table.
"""

from typing import Any

from django.db import migrations, models, transaction
from django.db.models import Q

BATCH = 1_000
# The skeleton of a handle, which is ASCII, as it was computed when this migration was written.
_LOOKS = str.maketrans("0123456789i", "olzeas6tbgl")
_TWO_FOR_ONE = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def fill(apps: Any, schema_editor: Any) -> None:
    """Store the skeletons of the handles of all accounts, the oldest first."""
    users = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(users.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        looks = {user: _skeleton(user.handle) for user in batch if user.erased_at is None}
        taken = {*users.filter(handle_skeleton__in=looks.values()).values_list("handle_skeleton", flat=True), ""}
        changed = []
        for user, look in looks.items():
            if user.handle_skeleton is None and look not in taken:
                taken.add(look)
                user.handle_skeleton = look
                changed.append(user)
        with transaction.atomic(using=schema_editor.connection.alias):
            users.bulk_update(changed, ["handle_skeleton"])


def _skeleton(handle: str) -> str:
    letters = "".join(char for char in handle.lower().translate(_LOOKS) if char.isalnum())
    for two, one in _TWO_FOR_ONE:
        letters = letters.replace(two, one)
    return letters if letters.isascii() else ""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0006_times_of_sessions")]

    operations = [
        migrations.CreateModel(
            name="FormerHandle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded_hash", models.CharField(max_length=64, unique=True)),
                ("skeleton_hash", models.CharField(blank=True, db_index=True, max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="handle_skeleton",
            field=models.CharField(editable=False, max_length=200, null=True),
        ),
        # While the column is empty, so that the index is made at once.
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                fields=["handle_skeleton"],
                condition=Q(handle_skeleton__isnull=False),
                name="accounts_user_handle_skeleton_unique",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
