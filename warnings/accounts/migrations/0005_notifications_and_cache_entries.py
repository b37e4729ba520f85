"""Models get the names that people use. Tables keep theirs, so the database has nothing to do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_notices_of_decisions")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel(old_name="KeptValue", new_name="CacheEntry"),
                migrations.AlterModelTable(name="cacheentry", table="accounts_keptvalue"),
                migrations.RenameModel(old_name="Notice", new_name="Notification"),
                migrations.AlterModelTable(name="notification", table="accounts_notice"),
                migrations.RenameModel(old_name="NoticeSettings", new_name="NotificationSettings"),
                migrations.AlterModelTable(name="notificationsettings", table="accounts_noticesettings"),
            ]
        )
    ]
