"""What a partner may be told, for each thing it is asked to do: the allow-list, as data.

A field that is not named here cannot be sent. The names are those that a sharing agreement allows.
"""

from __future__ import annotations

from dataclasses import dataclass

from partners.enums import Takes


@dataclass(frozen=True, slots=True)
class Allowed:
    """One field: its name in release and agreement, its words, a hint, whether it must be said."""

    name: str
    label: str
    hint: str = ""
    required: bool = False
    long: bool = False


NAME = Allowed("name", "Name", required=True)
ALSO_CALLED = Allowed("also_called", "Other names", "Names they were known by, maiden names.")
BORN = Allowed("date_of_birth", "Date of birth", "Or about how old they are.", required=True)
SEX = Allowed("sex", "Sex")
LANGUAGES = Allowed("languages", "Languages", "And whether an interpreter is needed.")
MISSING_SINCE = Allowed("missing_since", "Missing since", required=True)
LAST_SEEN_AREA = Allowed("last_seen_area", "Area last seen in", "A town or borough, no address.")
LOOKS = Allowed("description", "Description", "Build, hair, marks: what one would know them by.", long=True)
FORMER_AREAS = Allowed("former_areas", "Places they lived in", "Towns and years, no addresses.", long=True)
LOOKS_FOR = Allowed(
    "looks_for_them", "Who looks for them", "In what relation. No address and no telephone.", long=True
)
LOST_WHEN = Allowed("contact_lost", "How and when contact was lost", required=True, long=True)
CALLED = Allowed("preferred_name", "What they want to be called", required=True)
AGE_BAND = Allowed("age_band", "Age", "In years, or about.", required=True)
SAFE_CONTACT = Allowed(
    "safe_contact",
    "How to reach them safely",
    "Which telephone, when, and what must not be left as a message.",
    required=True,
    long=True,
)
NEEDS = Allowed("needs", "What they need", "In a few sentences.", required=True, long=True)
SAFETY = Allowed("worker_safety", "What a worker must know to be safe", "Facts, no intelligence.", long=True)
DEADLINE = Allowed("legal_deadline", "Dates that matter in law", "Hearings, limits.")
REGARDING = Allowed("legal_matter", "What advice is about", required=True, long=True)
RESPONDER = Allowed(
    "first_responder", "First responder", "Who referred them to the NRM, and its reference.", long=True
)

_SUPPORT = (CALLED, AGE_BAND, LANGUAGES, SAFE_CONTACT, NEEDS, SAFETY)
ALLOWED: dict[str, tuple[Allowed, ...]] = {
    Takes.TRACING: (
        NAME,
        ALSO_CALLED,
        BORN,
        SEX,
        MISSING_SINCE,
        LAST_SEEN_AREA,
        LOOKS,
        FORMER_AREAS,
        LANGUAGES,
    ),
    Takes.LOST_CONTACT: (NAME, ALSO_CALLED, BORN, LOST_WHEN, FORMER_AREAS, LOOKS_FOR, LANGUAGES),
    Takes.TRAFFICKING_SUPPORT: (*_SUPPORT, RESPONDER),
    Takes.COUNSELLING: _SUPPORT,
    Takes.MENTAL_HEALTH: _SUPPORT,
    Takes.LEGAL: (CALLED, LANGUAGES, SAFE_CONTACT, REGARDING, DEADLINE, SAFETY),
}


def names_of(takes: str) -> tuple[str, ...]:
    """The names of every field that may be sent for this."""
    return tuple(one.name for one in ALLOWED[takes])
