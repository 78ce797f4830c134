"""An appeal in Easy Read: one thought in a sentence, and a sign of ours beside each few."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from appeals.printing.words import day
from appeals.projection import Published

_SIGNS = "images/easy"


@dataclass(frozen=True, slots=True)
class Line:
    """Sentences with a sign, or with the photo."""

    sentences: tuple[str, ...]
    sign: str = ""
    photo: str = ""


def lines_of(one: Published, *, photo: str) -> list[Line]:
    """What is shown, without what nobody wrote. `photo` is its signed address, or empty."""
    given = {
        "name": one.name,
        "first": one.first_name,
        "age": one.age,
        "area": one.area,
        "day": day(one.missing_since, one.language),
        "clothes": one.clothing,
    }
    who = [gettext("This is %(name)s.") if photo else gettext("The name is %(name)s.")]
    if one.age is not None:
        who.append(gettext("%(first)s is %(age)s years old."))
    missing = (gettext("%(first)s has been missing since %(day)s."), gettext("%(first)s was in %(area)s."))
    found = [
        Line(tuple(words % given for words in who), f"{_SIGNS}/person.svg", photo),
        Line(tuple(words % given for words in missing), f"{_SIGNS}/calendar.svg"),
        Line(_sentences(one.description), f"{_SIGNS}/eye.svg"),
    ]
    if one.clothing:
        found.append(Line((gettext("Clothes: %(clothes)s") % given,), f"{_SIGNS}/clothes.svg"))
    danger = (gettext("Is somebody in danger now?"), gettext("Call 999."))
    return [*found, Line(danger, f"{_SIGNS}/danger.svg")]


def _sentences(text: str) -> tuple[str, ...]:
    """A line for each sentence."""
    flat = " ".join(text.split())
    for end in ".!?":
        flat = flat.replace(f"{end} ", f"{end}\n")
    return tuple(flat.splitlines())
