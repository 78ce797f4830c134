"""What stands between an appeal and its publication, as data (domain.md section 3).

A gate says in words what has to be so, who can make it so, and by which facts it is judged. The page shows
all of them as a checklist; publishing requires all of them; nothing else asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from appeals.enums import ConsentBy, ConsentStatus, NoPublicity
from foundation.access import Refusal

ADULT_FROM = 18
# Whose consent counts for whom: for a child whoever has parental responsibility, or the placing authority.
CONSENTS_FOR_ADULT = frozenset({ConsentBy.FAMILY})
CONSENTS_FOR_CHILD = frozenset({ConsentBy.PARENTAL_RESPONSIBILITY, ConsentBy.PLACING_AUTHORITY})
OF_THE_FAMILY = frozenset({ConsentBy.FAMILY, ConsentBy.PARENTAL_RESPONSIBILITY})


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest answer of one of those who can consent."""

    by: str
    status: str
    covers_photo: bool
    covers_surname: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All that gates are judged by, read under the incident's lock where something is decided."""

    incident_open: bool
    is_child: bool
    placed_by_authority: bool
    authorised_at: datetime | None
    answers: tuple[Answer, ...]
    overridden: bool
    wishes_recorded: bool
    risk_checked: bool
    no_publicity: tuple[str, ...]
    has_picture: bool
    photo_refused: bool
    shows_surname: bool
    problems: tuple[str, ...]
    # Of a Child Rescue Alert: whether it is out now. None for any other appeal.
    alert_is_out: bool | None = None
    # Somebody in the family may be the danger: their yes is worth nothing, and nobody asks for it.
    family_is_danger: bool = False

    @property
    def consenting(self) -> tuple[Answer, ...]:
        """The answers of those whose consent counts for this person."""
        counted = CONSENTS_FOR_CHILD if self.is_child else CONSENTS_FOR_ADULT
        return tuple(one for one in self.answers if one.by in counted and not self._is_worthless(one))

    def _is_worthless(self, answer: Answer) -> bool:
        of_family = answer.by in OF_THE_FAMILY and answer.status == ConsentStatus.GIVEN
        return self.family_is_danger and of_family


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that has to be so. `who` can make it so, in words; `met` judges the facts.

    `unasked` is what to do instead where the family may be the danger and is not to be asked.
    """

    code: str
    words: str
    who: str
    met: Callable[[Facts], bool]
    todo: str
    unasked: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A gate, and whether it stands open."""

    gate: Gate
    met: bool
    todo: str


def _given(facts: Facts) -> bool:
    answers = facts.consenting
    refused = any(one.status != ConsentStatus.GIVEN for one in answers)
    return any(one.status == ConsentStatus.GIVEN for one in answers) and not refused


def consent_stands(facts: Facts) -> bool:
    """Whether somebody who can consent did, and nobody who can said no; or an inspector overrode it."""
    return facts.overridden or _given(facts)


def _photo_agreed(facts: Facts) -> bool:
    if not facts.has_picture:
        return True
    return not facts.photo_refused and (
        facts.overridden or any(one.covers_photo for one in facts.consenting if one.status == "given")
    )


def _surname_agreed(facts: Facts) -> bool:
    if not facts.shows_surname:
        return True
    return facts.overridden or any(one.covers_surname for one in facts.consenting if one.status == "given")


GATES: tuple[Gate, ...] = (
    Gate(
        "incident_open",
        "The person is still missing",
        "The force",
        lambda facts: facts.incident_open,
        "The incident is not open. Nothing is published for somebody who was found.",
    ),
    Gate(
        "no_objection",
        "No reason against publicity stands",
        "The charity's publicity desk",
        lambda facts: not facts.no_publicity,
        "A reason against publicity is recorded. Take it back, with your reason, or decline the appeal.",
    ),
    Gate(
        "family_danger",
        "No family that may be a danger is asked",
        "A police inspector; or the authority that placed a child",
        lambda facts: consent_stands(facts) or not facts.family_is_danger,
        "Somebody in this family may be a danger: ask the safeguarding lead. Do not ask the family.",
    ),
    Gate(
        "risk_checked",
        "The risk of publicity was checked",
        "The charity's publicity desk",
        lambda facts: facts.risk_checked,
        "Record what publicity could do to this person, and how it was weighed.",
    ),
    Gate(
        "wishes",
        "The person's likely wishes are recorded",
        "Whoever knows them: police or charity",
        lambda facts: facts.wishes_recorded or not facts.is_child,
        "For a child, record what they would probably want.",
    ),
    Gate(
        "content",
        "The content is complete",
        "The charity's publicity desk",
        lambda facts: not facts.problems,
        "Some of the content is missing or too long: the preview says what.",
    ),
    Gate(
        "authorised",
        "Police have authorised this version",
        "A police supervisor of the force, or above",
        lambda facts: facts.authorised_at is not None,
        "A supervisor of the force has to authorise the version that is to be published.",
    ),
    Gate(
        "consent",
        "Consent was given, or an inspector overrode it",
        "Family or authority; or a police inspector",
        consent_stands,
        "Record the consent of the next of kin. For a child: parental responsibility or placing authority.",
        unasked="An inspector overrides it, with a reason; of a placed child the authority may consent.",
    ),
    Gate(
        "photo",
        "The photo may be published",
        "Family or authority; or a police inspector",
        _photo_agreed,
        "Consent has to cover the photo, and the photo's own record must not refuse publicity.",
    ),
    Gate(
        "surname",
        "The surname may be published",
        "Family or authority; or a police inspector",
        _surname_agreed,
        "Consent has to cover the surname; or show the first name alone.",
    ),
)
# A Child Rescue Alert was weighed and authorised by four people in its launch room, where the life of a
# child goes before consent (domain.md section 5).
ALERT_GATE = Gate(
    "alert",
    "Authorised as a Child Rescue Alert, which is out",
    "Force, national unit and charity, in the launch room",
    lambda facts: bool(facts.alert_is_out),
    "The Child Rescue Alert is not out. It is issued and ended in its launch room.",
)
OF_ALERTS = (GATES[0], ALERT_GATE)
BY_CODE = {gate.code: gate for gate in (*GATES, ALERT_GATE)}

# What no override helps against: these never give way.
UNYIELDING = frozenset({NoPublicity.CHILD_IDENTITY_ORDER, NoPublicity.COVERT_OPERATION})


def judge(facts: Facts) -> tuple[Judged, ...]:
    """Every gate with whether it stands open, in the order of the work."""
    gates = GATES if facts.alert_is_out is None else OF_ALERTS
    return tuple(
        Judged(gate, gate.met(facts), (facts.family_is_danger and gate.unasked) or gate.todo)
        for gate in gates
    )


def closed(facts: Facts) -> Refusal | None:
    """The first gate that is shut, as a refusal that says what to do."""
    for judged in judge(facts):
        if not judged.met:
            return Refusal(f"gate_{judged.gate.code}", judged.todo)
    return None
