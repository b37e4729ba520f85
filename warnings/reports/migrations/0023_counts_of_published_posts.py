"""Numbers of published posts, kept by triggers, which are made after the migrations (`reports/count_triggers.py`)."""

from importlib import import_module

from django.db import migrations, models


def drop_triggers(apps, schema_editor):
    """Drop the triggers before their table goes, or nothing could be written any more."""
    import_module("reports.count_triggers").drop_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ('reports', '0022_tags_told_apart_by_more_signs'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warnings', 'Warnings'), ('reports', 'Reports'), ('tool', 'Warnings about a tool'), ('tactic', 'Warnings about a tactic'), ('marketplace', 'Warnings about a marketplace'), ('tag', 'Warnings with a tag')], max_length=20)),
                ('key', models.PositiveBigIntegerField(default=0)),
                ('number', models.IntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'key', 'number'], name='reports_count_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['warnings', 'reports', 'tool', 'tactic', 'marketplace', 'tag'])), name='reports_publishedcount_kind_known')],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
