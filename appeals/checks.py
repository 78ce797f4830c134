"""What is wrong with a version before it is published: missing words, lengths per channel, readability."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appeals.enums import Audience, Language
from appeals.models import Content, Wording

# Characters that a channel shows whole: a billboard is read in two seconds, a post is cut by its network.
LONGEST: dict[tuple[str, str], int] = {
    (Audience.PUBLIC, "headline"): 90,
    (Audience.PUBLIC, "description"): 900,
    (Audience.PUBLIC, "clothing"): 300,
    (Audience.MEDIA, "headline"): 90,
    (Audience.MEDIA, "description"): 1_500,
    (Audience.MEDIA, "clothing"): 300,
    (Audience.SOCIAL, "headline"): 70,
    (Audience.SOCIAL, "description"): 160,
    (Audience.SOCIAL, "clothing"): 80,
    (Audience.BILLBOARD, "headline"): 40,
    (Audience.BILLBOARD, "description"): 90,
    (Audience.BILLBOARD, "clothing"): 60,
    (Audience.POSTER, "headline"): 60,
    (Audience.POSTER, "description"): 400,
    (Audience.POSTER, "clothing"): 160,
}
# Words of a sentence on average, and letters of a word: plain English for somebody in a hurry.
LONGEST_SENTENCE = 22.0
LONGEST_WORD = 6.5
# Six digits or more, however they are grouped: the helpline has six, a reference or a date has fewer.
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().-]{0,2}\d){5,}")
HELPLINE_DIGITS = "116000"
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a version. What `blocks` keeps it from being published; the rest is advice."""

    field: str
    words: str
    blocks: bool = True


def readability(text: str) -> str:
    """Advice where a text is hard to read; empty where it is plain."""
    words = text.split()
    if not words:
        return ""
    sentences = max(1, len(_SENTENCE.findall(text)))
    if len(words) / sentences > LONGEST_SENTENCE:
        return "Use shorter sentences: many people read this in a hurry."
    if sum(len(word) for word in words) / len(words) > LONGEST_WORD:
        return "Use shorter words: many people read this in a hurry."
    return ""


def other_number(text: str) -> str:
    """Advice where a text gives a telephone number that is not the helpline's; empty where it does not."""
    numbers = [re.sub(r"\D", "", found) for found in _NUMBER.findall(text)]
    if any(number != HELPLINE_DIGITS for number in numbers):
        return "It gives another number. Every appeal shows the helpline 116 000: is a second one meant?"
    return ""


def problems_of(content: Content, wordings: Sequence[Wording], *, welsh_needed: bool) -> list[Problem]:
    """Everything to be said about a version, what blocks first."""
    found: list[Problem] = []
    public = {one.language: one for one in wordings if one.audience == Audience.PUBLIC and not one.region_id}
    for language in Language.values if welsh_needed else [Language.ENGLISH]:
        if language not in public or not public[language].description.strip():
            label = Language(language).label
            found.append(Problem("description", f"Write the {label} description that everybody reads."))
    if content.picture_id and welsh_needed and not content.alt_text_cy:
        found.append(Problem("alt_text_cy", "Describe the photo in Welsh too: its area is in Wales."))
    for one in wordings:
        found += _about(one)
    return sorted(found, key=lambda problem: not problem.blocks)


def _about(one: Wording) -> list[Problem]:
    found = []
    whom = f"{one.get_audience_display()}, {one.get_language_display()}"
    for field in ("headline", "description", "clothing"):
        text, longest = getattr(one, field), LONGEST[one.audience, field]
        if len(text) > longest:
            words = f"{whom}: the {field} has {len(text)} characters; {longest} fit."
            found.append(Problem(field, words))
    if advice := other_number(" ".join((one.headline, one.description, one.clothing))):
        found.append(Problem("description", f"{whom}: {advice}", blocks=False))
    if one.language == Language.ENGLISH and (advice := readability(one.description)):
        found.append(Problem("description", f"{whom}: {advice}", blocks=False))
    return found
