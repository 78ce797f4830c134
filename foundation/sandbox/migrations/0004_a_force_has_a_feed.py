"""A force whose feed is read stands beside the networks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sandbox", "0003_signage_players"),
    ]

    operations = [
        migrations.AlterField(
            model_name="networkpost",
            name="network",
            field=models.CharField(
                choices=[
                    ("mastodon", "Mastodon"),
                    ("bluesky", "Bluesky"),
                    ("partner", "Media partner"),
                    ("force", "Force"),
                ],
                max_length=10,
            ),
        ),
    ]
