"""Referrals to partners at each step, so that every page has something to show."""

from __future__ import annotations

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.models import Incident
from partners import services
from partners.models import Profile
from partners.services import chasing
from tests.cast import Member
from tests.partners import making

PARTNER = "demo-tracing"


def referrals_at_each_step(
    incidents: tuple[Incident, ...], sender: Actor, manager: Actor, worker: Member
) -> None:
    """One draft, one sent, one accepted, one in progress, one rejected, one returned by the clock."""
    place = Organisation.objects.get(code=PARTNER)
    profile = Profile.objects.filter(organisation=place).first() or services.add_profile(
        actor=manager,
        organisation_id=place.pk,
        details=services.ProfileDetails(
            takes=("tracing", "counselling", "legal"),
            email="referrals@demo.harbour.test",
            works_by="account",
            notes="Asks registers in all four nations.",
        ),
    )
    by_link = making.partner("by-link", takes=["tracing"], email="by-link@demo.harbour.test")
    first, *others = incidents
    services.draft(
        actor=sender,
        incident_id=first.pk,
        partner_id=by_link.organisation_id,
        takes="tracing",
        fields=making.TRACED,
        lawful_basis="legitimate_interests",
        why="Every line has run out.",
    )
    made = [making.referred(sender, one, profile) for one in incidents]
    at = worker.actor
    waiting, accepted, going, refused, returned = made
    services.accept(actor=at, referral_id=accepted.pk, worker="Tracing desk")
    services.accept(actor=at, referral_id=going.pk, worker="Tracing desk")
    services.report_progress(actor=at, referral_id=going.pk, words="Registers asked.")
    services.reject(actor=at, referral_id=refused.pk, reason="no_capacity", words="In March again.")
    returned.refresh_from_db()
    assert returned.return_at is not None
    chasing.chase(returned.pk, now=returned.return_at)
    linked = making.referred(sender, others[0], by_link)
    assert waiting.is_open
    assert linked.is_open
