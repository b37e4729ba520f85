"""Models get the names that people use. Tables keep theirs, so the database has nothing to do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0012_threats")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel(old_name="Threat", new_name="LegalThreat"),
                migrations.AlterModelTable(name="legalthreat", table="moderation_threat"),
                migrations.RenameModel(old_name="ToldAuthority", new_name="Referral"),
                migrations.AlterModelOptions(name="referral", options={"ordering": ("-at", "-id")}),
                migrations.AlterModelTable(name="referral", table="moderation_toldauthority"),
                migrations.RenameModel(old_name="SpamMemory", new_name="SpamWeights"),
                migrations.AlterModelTable(name="spamweights", table="moderation_spammemory"),
            ]
        )
    ]
