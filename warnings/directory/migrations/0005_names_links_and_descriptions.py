"""The language and ambiguity of names, schemes of links to apps, and descriptions.

The new columns have defaults in the database, so the previous release can still add names.
"""

import django.db.models.deletion
from django.db import migrations, models


def forget(apps, schema_editor):
    """Forget that files said this, so that the next load does not take its absence for an edit."""
    for row in apps.get_model('directory', 'CatalogueEntry').objects.filter(section='tools'):
        names = [{'name': name['name'], 'kind': name['kind']} for name in row.content.get('names', [])]
        dropped = ('app_schemes', 'descriptions')
        row.content = {key: value for key, value in row.content.items() if key not in dropped} | {'names': names}
        row.save(update_fields=['content'])


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_long_reasons'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, forget),
        migrations.AddField(
            model_name='toolname',
            name='ambiguous',
            field=models.BooleanField(db_default=False, default=False, help_text="Whether it is also an ordinary word or another thing's name."),
        ),
        migrations.AddField(
            model_name='toolname',
            name='lang',
            field=models.CharField(blank=True, db_default='', default='', help_text='The language it belongs to; empty: not said.', max_length=8),
        ),
        migrations.CreateModel(
            name='ToolAppScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(db_index=True, max_length=40)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='app_schemes', to='directory.tool')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('tool', 'scheme'), name='directory_toolappscheme_once_per_tool')],
            },
        ),
        migrations.CreateModel(
            name='ToolDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200)),
                ('lang', models.CharField(default='en', max_length=8)),
                ('neutral', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('tool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='descriptions', to='directory.tool')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('tool', 'lang', 'text'), name='directory_tooldescription_once_per_tool')],
            },
        ),
    ]
