"""What the force passes on to whoever interviews: a copy through a release, which it can take back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from foundation.access import Refused, require
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.enums import ACTIVE_FLAG, FlagKind, LawfulBasis, ReleaseKind, Sensitivity
from missingcases.models import Incident, PreventionInterview, Release
from missingcases.services import create_release
from rhi.models import Referral
from rhi.policies import may_pass_on

_PURPOSE = "Return Home Interview"
_WHY = "An interview is offered after every return of a child (statutory guidance, domain.md section 6)."
# Only whoever shares out the interviews reads it as such; an interviewer on the referral they were given.
_DESKS = {
    OrganisationKind.CHARITY: Role.CHARITY_MANAGER,
    OrganisationKind.LOCAL_AUTHORITY: Role.LOCAL_AUTHORITY,
}


def pass_on_if_allowed(actor: Actor, referral: Referral) -> Release | None:
    """Copy to the provider what it needs, where an agreement allows it; None where none does.

    The caller holds the incident's lock. Without it the provider reads a reference and an age.
    """
    try:
        with transaction.atomic():
            return _release(actor, referral)
    except Refused:
        return None


@transaction.atomic
def pass_on(*, actor: Actor, referral_id: int) -> Referral:
    """Pass on what the force knows now, once more: the prevention interview may have come later.

    Raises `Refused` where no agreement allows it, and `NotVisible`.
    """
    referral = Referral.objects.select_related("incident", "provider", "release").get(pk=referral_id)
    if actor.organisation_id != referral.incident.owner_id:
        raise NotVisible(referral.reference)
    require(may_pass_on(actor, referral))
    _release(actor, referral)
    return referral


def _release(actor: Actor, referral: Referral) -> Release:
    referral.release = create_release(
        actor=actor,
        incident_id=referral.incident_id,
        to_organisation_id=referral.provider_id,
        kind=ReleaseKind.SERVICE_REQUEST,
        fields=_copy_of(referral.incident),
        purpose=_PURPOSE,
        lawful_basis=LawfulBasis.PUBLIC_TASK,
        reason=_WHY,
        desk=_DESKS[OrganisationKind(referral.provider.kind)].value,
    )
    referral.save(update_fields=["release"])
    audit.record(
        actor=actor,
        action="rhi.passed_on",
        target=referral,
        incident_id=referral.incident_id,
        fields=["release"],
    )
    return referral.release


def _copy_of(incident: Incident) -> dict[str, str]:
    child = incident.person
    told = {
        "child": child.full_name,
        "date_of_birth": f"{child.date_of_birth:%-d %B %Y}" if child.date_of_birth else "",
        "flags": _flags(incident),
        "prevention_interview": _heard(incident),
    }
    return {name: text for name, text in told.items() if text}


def _flags(incident: Incident) -> str:
    """The flags as they stand, but those that the force keeps to a few of its own people."""
    rows = incident.flag_snapshots.filter(status__in=ACTIVE_FLAG, sensitivity=Sensitivity.STANDARD)
    return _lines(f"{FlagKind(row.kind).label}: {row.get_status_display().lower()}" for row in rows)


def _heard(incident: Incident) -> str:
    """The prevention interview in short: why, harm, what worries, and what they asked not to be told."""
    row = PreventionInterview.objects.filter(incident=incident, superseded_at__isnull=True).first()
    if row is None:
        return ""
    parts = (
        ("Why they were missing", row.reason_missing),
        ("Harm", ", ".join(_harms(row))),
        ("Safeguarding", row.safeguarding),
        ("Asked not to be told", row.non_disclosure_request),
    )
    return _lines(f"{label}: {text}" for label, text in parts if text)


def _harms(row: PreventionInterview) -> list[str]:
    labels = dict(PreventionInterview._meta.get_field("harm").base_field.choices or ())
    return [str(labels[one]) for one in row.harm]


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
