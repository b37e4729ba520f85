"""Reasons of any length."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_entry_revisions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entryrevision',
            name='decision_reason',
            field=models.TextField(blank=True),
        ),
    ]
