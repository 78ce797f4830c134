"""The first words that workers explain things with; the duty manager keeps them from then on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

FIRST = (
    (
        "What the police do first",
        "The police ask who saw them last, look at how worried to be, and decide what to do first. You can ask "
        "which officer holds the case, and for a reference. You can ring 101 with anything new, day or night.",
    ),
    (
        "Why the police ask so much",
        "They ask about health, money, phones and friends because each can show where to look. They may search "
        "the home, even if you have looked. It is what they do for everybody, and says nothing about you.",
    ),
    (
        "What the police may not tell",
        "Some of what they find cannot be told while they look. An adult who is found can ask that nobody is "
        "told where they are; the police then say only that they were found.",
    ),
    (
        "How we and the police work together",
        "We are a charity and not the police. What you tell us stays with us, unless a life is in danger or a "
        "child is being harmed; then a manager decides, and we tell you if we safely can.",
    ),
)


def lay(apps: Any, _: Any) -> None:
    """Lay the first words."""
    guidance = apps.get_model("families", "Guidance")
    guidance.objects.bulk_create(
        guidance(title=title, text=text, place=place) for place, (title, text) in enumerate(FIRST)
    )


def lift(apps: Any, _: Any) -> None:
    """Take them out again."""
    apps.get_model("families", "Guidance").objects.filter(charity__isnull=True).delete()


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = [("families", "0001_family_support")]
    operations = [migrations.RunPython(lay, lift)]
