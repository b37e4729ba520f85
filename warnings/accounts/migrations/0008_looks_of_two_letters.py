"""`vw` and `wv` both look like `vvv`, so they have one skeleton: correct the stored ones.

An account keeps its handle if another one has the corrected skeleton already; then it has none of its own. The hashes
that are kept of former handles cannot be corrected.
"""

from typing import Any

from django.db import migrations, transaction


def correct(apps: Any, schema_editor: Any) -> None:
    """Store the corrected skeletons, the oldest account first, each in a transaction of its own."""
    users = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    for user in users.filter(handle_skeleton__contains="vw").order_by("pk").only("handle_skeleton"):
        with transaction.atomic(using=schema_editor.connection.alias):
            look = canonical(user.handle_skeleton)
            user.handle_skeleton = None if users.filter(handle_skeleton=look).exists() else look
            user.save(update_fields=["handle_skeleton"])


def canonical(look: str) -> str:
    """Return the skeleton with each `w` as far to the left as it can be."""
    return look.replace("w", "vv").replace("vv", "w")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0007_handles_by_look")]

    operations = [migrations.RunPython(correct, migrations.RunPython.noop, elidable=True)]
