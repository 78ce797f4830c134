"""The words an alert begins with, made from its fields. Pure; people change them as they need.

What to do is the same in every alert: do not approach, 999 at once, and the helpline (domain.md section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.enums import Language
from foundation.clock import in_london

INSTRUCTION = {
    Language.ENGLISH: "Do not approach them. If you see them, call 999 at once. If you know something that "
    "may help, call 101. Families can call Missing People on 116 000, free, day and night.",
    Language.WELSH: "Peidiwch â mynd atyn nhw. Os gwelwch chi nhw, ffoniwch 999 ar unwaith. Os gwyddoch chi "
    "rywbeth a all helpu, ffoniwch 101. Gall teuluoedd ffonio Missing People ar 116 000, am ddim, ddydd "
    "a nos.",
}
HEADLINE = {
    Language.ENGLISH: "Help find {name}{age}",
    Language.WELSH: "Helpwch i ddod o hyd i {name}{age}",
}
_AGE = {Language.ENGLISH: ", {age}", Language.WELSH: ", {age} oed"}
_SEEN = {Language.ENGLISH: "Last seen: {where}", Language.WELSH: "Gwelwyd ddiwethaf: {where}"}
_SMS_TAIL = {
    Language.ENGLISH: "Do not approach. Call 999.",
    Language.WELSH: "Peidiwch â mynd atyn nhw. Ffoniwch 999.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language. What sends them adds the name of the alert and how to leave."""

    language: str = Language.ENGLISH
    headline: str = ""
    description: str = ""
    instruction: str = ""
    sms: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing of its own was written."""
        return not (self.headline.strip() or self.description.strip() or self.sms.strip())


@dataclass(frozen=True, slots=True)
class ContentDetails:
    """One version as somebody wrote it: what domain.md section 3 lets be published, and no more."""

    first_name: str
    age: int | None = None
    description: str = ""
    clothing: str = ""
    last_seen_place: str = ""
    last_seen_at: datetime | None = None
    suspect: str = ""
    vehicle: str = ""
    alt_text: str = ""
    alt_text_cy: str = ""
    polygon: str = ""
    wordings: tuple[Words, ...] = ()

    def given(self) -> list[str]:
        """The names of the fields that say something, for the trail."""
        return sorted(name for name in self.__slots__ if getattr(self, name))

    def as_text(self) -> dict[str, str]:
        """The fields as they are read in a release; empty ones are left out."""
        names = ("first_name", "description", "clothing", "last_seen_place", "suspect", "vehicle")
        fields = {name: str(getattr(self, name)) for name in names}
        fields["age"] = "" if self.age is None else str(self.age)
        fields["last_seen_at"] = "" if self.last_seen_at is None else self.last_seen_at.isoformat()
        return {name: text for name, text in fields.items() if text.strip()}


def drafted(details: ContentDetails, language: Language = Language.ENGLISH) -> Words:
    """The words for these fields. Descriptions stay as they were written: nobody translates them here."""
    age = "" if details.age is None else _AGE[language].format(age=details.age)
    where = " ".join(part for part in (details.last_seen_place, _when(details.last_seen_at)) if part)
    seen = _SEEN[language].format(where=where) if where else ""
    about = [details.description, details.clothing, seen, details.suspect, details.vehicle]
    sentences = [part.strip().rstrip(".") + "." for part in about if part.strip()]
    name = details.first_name.strip()
    # The text is short, as every segment is paid for and a long one arrives late: who, where, what to do.
    sms = [f"{name}{age}."]
    sms += [
        f"{part.strip().rstrip('.')}." for part in (details.clothing, seen, details.vehicle) if part.strip()
    ]
    return Words(
        language=language,
        headline=HEADLINE[language].format(name=name, age=age),
        description=" ".join(sentences)[:2_000] or HEADLINE[language].format(name=name, age=age),
        instruction=INSTRUCTION[language],
        sms=" ".join([*sms, _SMS_TAIL[language]])[:640],
    )


def _when(at: datetime | None) -> str:
    return "" if at is None else f"{in_london(at):%H:%M, %-d/%-m}"
