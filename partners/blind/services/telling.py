"""An e-mail to the partner's people that a possible match waits for them. It names nobody and no record."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.messaging import services as messaging
from partners.blind.enums import CandidateStatus
from partners.blind.models import Candidate

SERVICE, GUARD = "partners", "blind.candidate"
TELLING = Actor.system("blind.telling")
LASTS = timedelta(days=2)


def still_waits(owner_id: int) -> Refusal | None:
    """The guard: it goes only while the candidate waits for the partner's word."""
    rows = Candidate.objects.filter(pk=owner_id, status=CandidateStatus.CONFIRMED_HERE)
    return None if rows.exists() else Refusal("over", "It waits for nobody any more.")


def tell_partner(candidate: Candidate) -> None:
    """The force confirmed: whoever may confirm for the partner is written to."""
    link = settings.STAFF_BASE_URL + reverse("blind:candidate", args=[candidate.reference])
    body = render_to_string("blind/mail/waits.txt", {"link": link})
    for person in people_holding(candidate.pairing.partner_id, {Role.PARTNER_WORKER}):
        messaging.queue_message(
            actor=TELLING,
            channel="email",
            lane="normal",
            to=person.email,
            subject=f"{settings.PRODUCT_NAME}: a possible match waits for you",
            body=body,
            service=SERVICE,
            owner=(Candidate._meta.label, candidate.pk),
            guard=GUARD,
            organisation_id=candidate.pairing.holder_id,
            valid_until=timezone.now() + LASTS,
            dedupe_key=f"blind.candidate:{candidate.pk}:{person.pk}",
        )
