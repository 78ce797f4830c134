"""What is asked of a release before it is written: its words, its receiver, its ground, its agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.clock import in_london
from missingcases.agreements.models import Agreement
from missingcases.agreements.selectors import Cover, cover_for
from missingcases.enums import Ground, LawfulBasis, ReleaseKind
from missingcases.models import Incident
from missingcases.release_rules import BREAKING_BASES, LAPSED_MAY_BE_OVERRIDDEN_FOR, RULES
from missingcases.services.common import works_for

LONGEST = 5_000
_NO_AGREEMENT = (
    "No sharing agreement covers this. Say why it is released all the same; the data protection officer is "
    "shown your reason."
)


@dataclass(frozen=True, slots=True)
class ReleaseTerms:
    """What only some releases have.

    `ground`: what confidence is broken for. `override_reason`: why it is released though no sharing
    agreement covers it. `to_user_id`: the one person of the receiver who reads it. `expires_at`: from then on
    it is read no more.
    """

    ground: str = ""
    override_reason: str = ""
    to_user_id: int | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom: an organisation, one desk (a role) of it, or one person."""

    organisation_id: int
    desk: str = ""
    user_id: int | None = None


def text_problems(fields: Mapping[str, str], purpose: str, reason: str) -> dict[str, str]:
    """What is missing of the words."""
    problems: dict[str, str] = {}
    if not fields or not all(text.strip() for text in fields.values()):
        problems["fields"] = "Write exactly what the other side is to read."
    elif any(len(text) > LONGEST for text in fields.values()):
        problems["fields"] = f"Use {LONGEST:,} characters or fewer."
    if not purpose.strip():
        problems["purpose"] = "Say what it is for."
    if not reason.strip():
        problems["reason"] = "Say why. This is kept with the record."
    return problems


def receiver_problems(to: Receiver, *, from_id: int, kind: str, incident: Incident | None) -> dict[str, str]:
    """What is wrong with the receiver."""
    found = Organisation.objects.filter(pk=to.organisation_id, is_active=True).exclude(pk=from_id).first()
    if found is None:
        return {"to_organisation": "Choose another organisation."}
    if kind == ReleaseKind.THREAT_TO_LIFE and incident is not None and found.pk != incident.owner_id:
        return {"to_organisation": "A threat to life goes to the force that owns the incident."}
    if found.kind not in RULES[kind].to_kinds:
        return {"to_organisation": "A release of this kind does not go to such an organisation."}
    if to.user_id is not None and (to.desk or not works_for(to.user_id, found.pk)):
        return {"to_user": "Choose somebody who works there."}
    return {}


def basis_problems(kind: str, lawful_basis: str, ground: str) -> dict[str, str]:
    """Breaking confidence names its ground, and rests on no consent."""
    if not RULES[kind].needs_ground:
        return {"ground": "Only breaking confidence has a ground."} if ground else {}
    if ground not in Ground.values:
        return {"ground": "Say on what ground confidence is broken."}
    if lawful_basis not in BREAKING_BASES:
        return {"lawful_basis": "Confidence is not broken on this basis."}
    return {}


def expiry_problems(expires_at: datetime | None) -> dict[str, str]:
    """An end that has come already would show nothing."""
    if expires_at is not None and expires_at <= timezone.now():
        return {"expires_at": "This time has passed."}
    return {}


def covered_by(*, from_id: int, to_id: int, kind: str, names: list[str], lawful_basis: str) -> Cover:
    """What the sharing agreements say of it today."""
    return cover_for(
        from_id=from_id,
        to_id=to_id,
        flow=kind,
        field_names=names,
        lawful_basis=lawful_basis,
        today=in_london(timezone.now()).date(),
    )


def agreement_problems(cover: Cover, kind: str, lawful_basis: str, override_reason: str) -> dict[str, str]:
    """Whether it stands outside every agreement without a reason, or may not stand there at all."""
    if cover.agreement is not None or not RULES[kind].needs_agreement:
        return {}
    if cover.lapsed is not None and lawful_basis not in LAPSED_MAY_BE_OVERRIDDEN_FOR:
        return {
            "agreement": f"Agreement {cover.lapsed.reference} was not reviewed in time and covers nothing "
            f"until it is. Only {LawfulBasis.VITAL_INTERESTS.label.lower()} override that."
        }
    if override_reason.strip():
        return {}
    return {"override_reason": _outside(cover.outside)}


def _outside(names: tuple[str, ...]) -> str:
    if not names:
        return _NO_AGREEMENT
    told = ", ".join(name.replace("_", " ") for name in names)
    return (
        f"The sharing agreement does not allow: {told}. Leave it out, or say why it is released all the same."
    )


def agreement_written(
    cover: Cover, kind: str, override_reason: str
) -> dict[str, Agreement | bool | str | None]:
    """What the release keeps of its agreement."""
    overridden = cover.agreement is None and RULES[kind].needs_agreement
    return {
        "agreement": cover.agreement or (cover.lapsed if overridden else None),
        "overridden": overridden,
        "override_reason": override_reason.strip() if overridden else "",
    }
