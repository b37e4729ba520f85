"""Reasons of any length."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0008_proposing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='revision',
            name='decision_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='step',
            name='reason',
            field=models.TextField(blank=True),
        ),
    ]
