from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_rules_in_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="takes_passwords",
            field=models.BooleanField(
                default=True,
                help_text="Whether its people may act for it after signing in with a password here.",
            ),
        ),
    ]
