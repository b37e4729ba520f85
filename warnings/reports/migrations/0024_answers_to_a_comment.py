"""An index for the answers to a comment, as few comments are answers."""

from django.db import migrations, models

from common.db.online_index import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("reports", "0023_counts_of_published_posts")]

    operations = [
        AddIndexOnline(
            model_name="comment",
            index=models.Index(
                fields=["parent", "status", "published_at"],
                condition=models.Q(("parent__isnull", False)),
                name="reports_comment_answers",
            ),
        ),
    ]
