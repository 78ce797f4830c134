"""E-mails to those who look after data protection. They name nobody and no record."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.messaging import services as messaging
from missingcases.breakglass.enums import OpeningStatus
from missingcases.breakglass.models import Opening
from missingcases.breakglass.states import REVIEWERS

GUARD = "breakglass.opening"
TELLING = Actor.system("breakglass.telling")
LASTS = timedelta(hours=24)


def still_concerns(owner_id: int) -> Refusal | None:
    """The guard of every e-mail: what has been reviewed already needs no announcing."""
    if Opening.objects.filter(pk=owner_id, status=OpeningStatus.REVIEWED).exists():
        return Refusal("reviewed", "It was reviewed already.")
    return None


def _to_tell(opening: Opening) -> list[User]:
    """The data-protection role; where nobody but the opener holds it, the administrators."""
    for roles in (REVIEWERS, frozenset({Role.ADMINISTRATOR})):
        people = people_holding(opening.organisation_id, roles).exclude(pk=opening.opened_by_id)
        if found := list(people.order_by("pk")):
            return found
    return []


def tell_opened(opening_id: int) -> None:
    """Confidential records were opened."""
    opening = Opening.objects.get(pk=opening_id)
    page = {"link": f"{settings.STAFF_BASE_URL}/break-glass/{opening.reference}/", "ends_at": opening.ends_at}
    for person in _to_tell(opening):
        messaging.queue_message(
            actor=TELLING,
            channel="email",
            lane="urgent",
            to=person.email,
            subject=f"{settings.PRODUCT_NAME}: Confidential records were opened",
            body=render_to_string("breakglass/mail/opened.txt", page),
            service="missingcases",
            owner=(Opening._meta.label, opening.pk),
            guard=GUARD,
            organisation_id=opening.organisation_id,
            valid_until=timezone.now() + LASTS,
            dedupe_key=f"breakglass.opening:{opening.pk}:{person.pk}",
        )
