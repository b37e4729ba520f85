"""What moderators made of names of tools that reports proposed."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_entry_revisions'),
        ('moderation', '0006_misuse_of_notices'),
        ('reports', '0008_proposing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(max_length=200, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('added', models.BooleanField(default=False)),
                ('remembered', models.BooleanField(default=False)),
                ('reports', models.JSONField(default=list)),
                ('warnings', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='directory.tool')),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
    ]
