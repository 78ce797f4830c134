"""The two English wordings of domain.md section 4, in use from the start."""

from django.db import migrations
from django.utils import timezone

CHILD = (
    "Need to talk? Missing People can help, free and in confidence, any time. "
    "Call or text 116000. Reply STOP to end."
)
ADULT = (
    "Want support, or to send a message home? Missing People is free and confidential. "
    "Call or text 116000. Reply STOP to end."
)


def add(apps, schema_editor):
    wording = apps.get_model("textsafe", "Wording")
    for number, (age_group, text) in enumerate((("child", CHILD), ("adult", ADULT)), start=1):
        wording.objects.create(
            reference=f"WD-0000000{number}",
            age_group=age_group,
            language="en",
            number=1,
            text=text,
            status="active",
            approved_at=timezone.now(),
        )


def remove(apps, schema_editor):
    apps.get_model("textsafe", "Wording").objects.filter(reference__startswith="WD-0000000").delete()


class Migration(migrations.Migration):
    dependencies = [("textsafe", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
