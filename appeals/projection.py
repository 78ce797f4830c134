"""What may be shown of an appeal: an allow-list, filled from a version's own fields and nothing else.

Channels, pages, feeds, posters and messages get a `Published` and no other record, so that a field that is
not named here cannot reach them (domain.md section 3: "an allow-list projection and never a redaction").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from appeals.enums import Audience, Language
from appeals.models import Content, Wording

HELPLINE = "116 000"
# Whom to call at a Child Rescue Alert, wherever an appeal names the helpline.
EMERGENCY = "999"


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that a channel may know. `missing_since` is a day; `age` in years, when last seen.

    `helpline` is whom to call: at a Child Rescue Alert 999.
    """

    reference: str
    language: str
    name: str
    first_name: str
    age: int | None
    missing_since: date
    area: str
    headline: str
    description: str
    clothing: str
    alt_text: str
    helpline: str = HELPLINE
    is_alert: bool = False

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it: the day as ISO 8601. Only a Child Rescue Alert says whether it is one."""
        stored = {**asdict(self), "missing_since": self.missing_since.isoformat()}
        return stored if self.is_alert else {name: one for name, one in stored.items() if name != "is_alert"}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Published:
        """What `as_json` wrote."""
        return cls(**{**stored, "missing_since": date.fromisoformat(stored["missing_since"])})


def published(
    content: Content,
    wordings: Iterable[Wording],
    *,
    audience: str = Audience.PUBLIC,
    language: str = Language.ENGLISH,
    region_ids: frozenset[int] = frozenset(),
) -> Published:
    """The projection of one version for an audience and a language.

    `region_ids` are the areas an outlet reaches: a wording for one of them goes before one for everywhere.
    A field that a tailored wording leaves empty is taken from the wording for everybody.
    """
    chosen = _best_first(wordings, audience=audience, language=language, region_ids=region_ids)

    def words(field: str) -> str:
        return next((str(getattr(one, field)) for one in chosen if getattr(one, field)), "")

    surname = content.surname if content.show_surname else ""
    welsh = language == Language.WELSH
    return Published(
        reference=content.appeal.reference,
        language=language,
        name=f"{content.first_name} {surname}".strip(),
        first_name=content.first_name,
        age=content.age,
        missing_since=content.missing_since,
        area=content.area.name,
        headline=words("headline"),
        description=words("description"),
        clothing=words("clothing"),
        alt_text=(content.alt_text_cy or content.alt_text) if welsh else content.alt_text,
        helpline=EMERGENCY if content.appeal.is_alert else HELPLINE,
        is_alert=content.appeal.is_alert,
    )


def _best_first(
    wordings: Iterable[Wording], *, audience: str, language: str, region_ids: frozenset[int]
) -> list[Wording]:
    """The wordings that fit, the most particular first."""
    fitting = [
        one
        for one in wordings
        if one.language == language
        and one.audience in {audience, Audience.PUBLIC}
        and (one.region_id is None or one.region_id in region_ids)
    ]
    return sorted(fitting, key=lambda one: (one.audience != audience, one.region_id is None))


def languages_of(wordings: Iterable[Wording]) -> list[str]:
    """The languages that have a wording for everybody, English first."""
    found = {one.language for one in wordings if one.audience == Audience.PUBLIC and one.description}
    return [language for language in Language.values if language in found]
