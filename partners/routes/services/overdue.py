"""E-mails to the force's coordinators that the next step of a concern is overdue. Called by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.rounds import each
from partners.routes.enums import OPEN
from partners.routes.models import Concern

SERVICE, GUARD = "partners", "routes.concern"
TELLING = Actor.system("routes.telling")
LASTS = timedelta(hours=12)
# Older ones were told already; so long a standstill of ours is made up for.
LOOK_BACK = timedelta(days=3)
BATCH = 200


def still_overdue(owner_id: int) -> Refusal | None:
    """The guard: it goes only while the step is not taken."""
    rows = Concern.objects.filter(pk=owner_id, status__in=sorted(OPEN), due_at__lte=timezone.now())
    return None if rows.exists() else Refusal("over", "The step was taken.")


def tell_overdue() -> int:
    """Write once for every step that was not taken in time. Returns of how many concerns."""
    now = timezone.now()
    rows = Concern.objects.filter(
        status__in=sorted(OPEN), due_at__lte=now, due_at__gt=now - LOOK_BACK
    ).select_related("incident", "raised_by")
    return each(rows.order_by("-due_at")[:BATCH], lambda row: _tell(row, now))


@transaction.atomic
def _tell(concern: Concern, now: datetime) -> bool:
    link = settings.STAFF_BASE_URL + reverse("routes:concern", args=[concern.reference])
    body = render_to_string("routes/mail/overdue.txt", {"reference": concern.reference, "link": link})
    people = _people(concern)
    for person in people:
        messaging.queue_message(
            actor=TELLING,
            channel="email",
            lane="urgent",
            to=person.email,
            subject=f"{settings.PRODUCT_NAME}: concern {concern.reference} is overdue",
            body=body,
            service=SERVICE,
            owner=(Concern._meta.label, concern.pk),
            guard=GUARD,
            organisation_id=concern.incident.owner_id,
            valid_until=now + LASTS,
            dedupe_key=f"routes.overdue:{concern.pk}:{concern.status}:{person.pk}",
        )
    return bool(people)


def _people(concern: Concern) -> list[User]:
    """The coordinators; of a restricted incident whoever raised it, as the others may not know of it."""
    force = people_holding(concern.incident.owner_id, {Role.POLICE_COORDINATOR})
    if concern.incident.is_restricted:
        force = people_holding(concern.incident.owner_id, set(Role)).filter(pk=concern.raised_by_id or 0)
    return list(force.order_by("pk"))
