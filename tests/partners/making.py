"""Partners and referrals, to where a test begins."""

from __future__ import annotations

from typing import Any

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.models import Incident, Release
from missingcases.services import create_release
from partners import services
from partners.models import Profile, Referral
from tests.cast import Member, member, organisation

TRACED = {
    "name": "Ada Example",
    "date_of_birth": "1 May 1980",
    "missing_since": "June 2025",
    "last_seen_area": "Lambeth",
}
SUPPORT = {
    "preferred_name": "Ada",
    "age_band": "About 40",
    "safe_contact": "Text first, after six.",
    "needs": "Somebody to talk with.",
}


def partner(code: str = "tracing-trust", **given: Any) -> Profile:
    """A partner that takes tracing and counselling everywhere, by links."""
    values: dict[str, Any] = {
        "takes": ["tracing", "counselling"],
        "email": f"referrals@{code}.example",
        "contact_name": "Duty worker",
    }
    place = organisation(code, OrganisationKind.PARTNER, code.replace("-", " ").title())
    return Profile.objects.get_or_create(organisation=place, defaults=values | given)[0]


def worker_of(place: Organisation) -> Member:
    """Somebody of a partner who has an account."""
    return member(f"worker@{place.code}.example", "Robin Ashe", place, Role.PARTNER_WORKER)


def told(officer: Member, incident: Incident, charity: Organisation, desk: str = "") -> Release:
    """The force lets the charity know of an incident."""
    return create_release(
        actor=officer.actor,
        to_organisation_id=charity.pk,
        kind="other",
        fields={"told": "We look for her."},
        purpose="Support",
        lawful_basis="legitimate_interests",
        reason="They support the family.",
        incident_id=incident.pk,
        desk=desk,
        terms=services.ReleaseTerms(override_reason="No agreement yet."),
    )


def referred(sender: Member | Actor, incident: Incident, to: Profile, **given: Any) -> Referral:
    """A referral that was sent and waits for its answer."""
    values: dict[str, Any] = {
        "takes": "tracing",
        "fields": TRACED,
        "lawful_basis": "legitimate_interests",
        "why": "All lines at the force have run out.",
        "wishes": "Her sister asks for it.",
        "override_reason": "No agreement with them yet.",
    }
    actor = sender.actor if isinstance(sender, Member) else sender
    return services.refer(
        actor=actor, incident_id=incident.pk, partner_id=to.organisation_id, **values | given
    )
