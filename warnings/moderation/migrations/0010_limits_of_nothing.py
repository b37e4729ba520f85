"""A limit of nothing stops the automatic rule."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0009_corrected_by_hand'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='chosenlimit',
            name='moderation_chosenlimit_in_range',
        ),
        migrations.AddConstraint(
            model_name='chosenlimit',
            constraint=models.CheckConstraint(condition=models.Q(('most__gte', 0), ('most__lte', 10000)), name='moderation_chosenlimit_in_range'),
        ),
    ]
