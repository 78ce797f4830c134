"""The themes to begin with (domain.md section 6). They are data: managers add and retire them."""

from datetime import date

from django.db import migrations
from django.utils.text import slugify

THEMES = {
    "push": (
        "Conflict at home",
        "Abuse",
        "Neglect",
        "Domestic abuse between adults",
        "School",
        "Bullying",
        "Unhappy in placement",
        "Placement moves",
        "Rules and boundaries",
        "Mental health",
        "Bereavement",
    ),
    "pull": (
        "Friends",
        "Partner",
        "Contact with family",
        "Alcohol or drugs",
        "Parties",
        "Wanting freedom",
        "Contact made online",
        "Exploiters",
    ),
    "during": (
        "Slept rough",
        "Stayed with friends or family",
        "Stayed with somebody just met",
        "Carried far from home",
        "Given money or presents",
        "Several phones or numbers",
        "Alcohol or drugs taken",
    ),
    "harm": (
        "Physical harm",
        "Sexual harm",
        "Sexual exploitation",
        "Criminal exploitation",
        "County lines",
        "Debt bondage",
        "Threats",
        "Self-harm",
        "No harm told",
    ),
    "after": (
        "Came back by themself",
        "Found by police",
        "Found by a carer",
        "Relieved to be back",
        "Afraid to be back",
        "Met with punishment",
        "Met with warmth",
    ),
    "stop": (
        "Somebody to talk to",
        "More contact with family",
        "Another placement",
        "Help at school",
        "Help with mental health",
        "Away from exploiters",
        "Something to do",
    ),
}


def add(apps, schema_editor):
    Theme = apps.get_model("interviews", "Theme")
    Theme.objects.bulk_create(
        Theme(code=f"{section}-{slugify(label)}"[:40], section=section, label=label, since=date(2026, 11, 28))
        for section, labels in THEMES.items()
        for label in labels
    )


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_interviews_and_phones")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
