"""An appeal in Easy Read: one thought in a sentence, and a sign of ours beside each few."""

from __future__ import annotations

from dataclasses import dataclass

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
    who = [f"This is {one.name}."] if photo else [f"The name is {one.name}."]
    if one.age is not None:
        who.append(f"{one.first_name} is {one.age} years old.")
    missing = (
        f"{one.first_name} has been missing since {day(one.missing_since, 'en')}.",
        f"{one.first_name} was in {one.area}.",
    )
    found = [
        Line(tuple(who), f"{_SIGNS}/person.svg", photo),
        Line(missing, f"{_SIGNS}/calendar.svg"),
        Line(_sentences(one.description), f"{_SIGNS}/eye.svg"),
    ]
    if one.clothing:
        found.append(Line((f"Clothes: {one.clothing}",), f"{_SIGNS}/clothes.svg"))
    danger = ("Is somebody in danger now?", "Call 999.")
    return [*found, Line(danger, f"{_SIGNS}/danger.svg")]


def _sentences(text: str) -> tuple[str, ...]:
    """A line for each sentence."""
    flat = " ".join(text.split())
    for end in ".!?":
        flat = flat.replace(f"{end} ", f"{end}\n")
    return tuple(flat.splitlines())
