"""The report to the authority: a copy through a release, which it acknowledges; then the referral closes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Release
from missingcases.services import ReleaseTerms, create_release
from rhi import policies
from rhi.enums import ReferralStatus
from rhi.models import Referral
from rhi.services.common import LABEL, for_work
from rhi.states import REFERRAL

Lines = Sequence[tuple[str, str]]
_PURPOSE = "Report of a Return Home Interview"
_WHY = "The authority is the duty-holder (domain.md section 6) and acts on what the child needs."
# One field of a release takes 5,000 characters.
_FITS = 4_500


@transaction.atomic
def send_report(
    *, actor: Actor, referral_id: int, lines: Lines, summary: str, override_reason: str = ""
) -> Referral:
    """Give the authority its report: `lines` of an interview that was held (what the child agreed to is
    decided where they are made), and `summary` in the sender's words, which a referral without one needs.

    An authority that interviews itself has it already. Outside a sharing agreement `override_reason` says
    why it is sent all the same. Raises `Invalid`, `Refused`, `NotVisible`.
    """
    referral = for_work(actor, referral_id)
    require(policies.may_report(actor, referral))
    if not summary.strip() and not lines:
        raise Invalid({"summary": "Write what the authority is to know."})
    changes: dict[str, object] = {"reported_at": timezone.now(), "summary": summary.strip()}
    if referral.authority_id != referral.provider_id:
        release = _release(actor, referral, _fields(referral, lines, summary), override_reason)
        changes["report_id"] = release.pk
    return move(referral, REFERRAL, ReferralStatus.REPORTED, actor=actor, changes=changes)


def _release(actor: Actor, referral: Referral, fields: dict[str, str], override_reason: str) -> Release:
    return create_release(
        actor=actor,
        incident_id=referral.incident_id,
        source=(LABEL, referral.pk),
        to_organisation_id=referral.authority_id or 0,
        desk=Role.LOCAL_AUTHORITY.value,
        kind=ReleaseKind.REPORT,
        fields=fields,
        purpose=_PURPOSE,
        lawful_basis=LawfulBasis.PUBLIC_TASK,
        reason=_WHY,
        terms=ReleaseTerms(override_reason=override_reason),
    )


def _fields(referral: Referral, lines: Lines, summary: str) -> dict[str, str]:
    """The report by name: how it stands, the summary, and the interview in as many parts as it needs."""
    parts = _parts([f"{heading}: {words}" for heading, words in lines])
    told = {"outcome": str(referral.get_status_display()), "summary": summary.strip()}
    told |= {f"interview_{number}": text for number, text in enumerate(parts, 1)}
    return {name: text for name, text in told.items() if text}


def _parts(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs gathered into texts that a field takes; one that is longer is cut over several."""
    parts: list[str] = []
    for paragraph in paragraphs:
        for start in range(0, len(paragraph), _FITS):
            piece = paragraph[start : start + _FITS]
            if parts and len(parts[-1]) + len(piece) + 1 <= _FITS:
                parts[-1] += f"\n{piece}"
            else:
                parts.append(piece)
    return parts


@transaction.atomic
def close(*, actor: Actor, referral_id: int) -> Referral:
    """Nothing more is to be done: the authority has its report."""
    referral = for_work(actor, referral_id)
    require(policies.may_end(actor, referral, ReferralStatus.CLOSED))
    return move(referral, REFERRAL, ReferralStatus.CLOSED, actor=actor)
