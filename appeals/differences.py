"""What two versions of an appeal's content say differently, field by field and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from appeals.models import Content, Wording

_LABELS = {"headline": "Headline", "description": "Description", "clothing": "Clothing"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: `same` in both, only in the one `before`, or only in the one `after`."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that says something else than before. `language` is that of its words."""

    label: str
    pieces: tuple[Piece, ...]
    language: str = "en"


def differences(before: Content | None, after: Content, *, pictures: Mapping[int, int]) -> list[Difference]:
    """What `after` says otherwise than `before`; all that it says where there is none before it.

    `pictures` are the numbers by which people know the appeal's pictures.
    """
    earlier, later = _said(before, pictures) if before else {}, _said(after, pictures)
    labels = [*later, *(label for label in earlier if label not in later)]
    found = []
    for label in labels:
        (old, _), (new, language) = earlier.get(label, ("", "")), later.get(label, ("", ""))
        if old != new:
            found.append(Difference(label, pieces(old, new), language or earlier[label][1]))
    return found


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one, word by word."""
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        found += [Piece("before", "".join(old[a:b]))] if a < b else []
        found += [Piece("after", "".join(new[c:d]))] if c < d else []
    return tuple(found)


def _said(content: Content, pictures: Mapping[int, int]) -> dict[str, tuple[str, str]]:
    """Label to what it says and in which language; what is empty is left out."""
    surname = f"{content.surname} ({'shown' if content.show_surname else 'not shown'})"
    facts = {
        "First name": content.first_name,
        "Surname": surname if content.surname else "",
        "Age": "" if content.age is None else str(content.age),
        "Missing since": f"{content.missing_since:%-d %B %Y}",
        "Area": content.area.name,
        "Picture": f"Picture {pictures[content.picture_id]}" if content.picture_id else "",
        "Photo in words": content.alt_text,
    }
    told = {label: (words, "en") for label, words in facts.items() if words}
    if content.alt_text_cy:
        told["Photo in words, Welsh"] = (content.alt_text_cy, "cy")
    return told | _worded(content.wordings.all())


def _worded(wordings: Iterable[Wording]) -> dict[str, tuple[str, str]]:
    told = {}
    for one in sorted(wordings, key=lambda one: (one.audience != "public", one.audience, one.language)):
        whom = f"{one.get_audience_display().lower()}, {one.get_language_display()}"
        where = f", {one.region.name}" if one.region else ""
        for name, label in _LABELS.items():
            if words := getattr(one, name):
                told[f"{label}, {whom}{where}"] = (words, one.language)
    return told
