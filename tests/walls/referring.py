"""One person referred to a partner, which works on it; one draft; and the partner in the directory."""

from __future__ import annotations

from datetime import time

from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from missingcases.models import Incident
from partners import services
from partners.models import Profile
from partners.services import links
from tests.cast import Member, member, organisation
from tests.partners import making

_OF_PARTNERS = frozenset({"partner", "edit"})
_OF_INCIDENTS = frozenset({"refer"})


def referred_by(
    incident: Incident, officer: Member, manager: Member, words: str, of_all: str
) -> dict[str, str]:
    """The reference for each page of partners, by the page's name; elsewhere that of the referral.

    `of_all` are the directory's, which every force and the charity read.
    """
    place = organisation("walled-partner", OrganisationKind.PARTNER, "Walled Partner")
    worker = member("walled@partner.example", "Walled Worker", place, Role.PARTNER_WORKER)
    sender = member(
        "walled@coordinator.example", "Walled Sender", officer.organisation, Role.POLICE_COORDINATOR
    )
    profile = services.add_profile(
        actor=manager.actor,
        organisation_id=place.pk,
        details=services.ProfileDetails(
            takes=("tracing", "counselling"),
            opening=((0, time(9), time(17)),),
            email="referrals@walled.example",
            hours=of_all[:200],
            notes=of_all,
        ),
    )
    fields = {name: f"{words} {name}" for name in making.TRACED}
    referral = making.referred(sender, incident, profile, fields=fields, why=words, wishes=words)
    given = {"actor": worker.actor, "referral_id": referral.pk}
    link, token = links.new_link(referral, now=timezone.now())
    made = links.make_code(link.token_hash)
    assert made is not None
    links.give_code(links.digest(token), made[1])
    services.accept(**given, worker=words[:100])
    services.report_progress(**given, words=words)
    draft = services.draft(
        actor=sender.actor,
        incident_id=incident.pk,
        partner_id=place.pk,
        takes="counselling",
        fields={name: f"{words} {name}" for name in making.SUPPORT},
        lawful_basis="legitimate_interests",
        why=words,
    )
    return {
        "": referral.reference,
        "draft": draft.reference,
        "verb": "accept",
        **dict.fromkeys(_OF_PARTNERS, Profile.objects.get(pk=profile.pk).reference),
        **dict.fromkeys(_OF_INCIDENTS, incident.reference),
    }
