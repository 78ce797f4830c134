"""What the verbs share."""

from __future__ import annotations

from django.utils import timezone

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import Incident
from missingcases.voice import selectors
from missingcases.voice.models import Invitation
from missingcases.voice.policies import may_be_asked
from missingcases.voice.selectors.invitations import OVER


def held(actor: Actor, invitation_id: int) -> Invitation:
    """The invitation, its incident locked before it as everywhere. Raises `NotVisible`."""
    known = selectors.visible_to(actor).filter(pk=invitation_id).values_list("incident_id").first()
    if known is None:
        raise NotVisible(f"invitation {invitation_id}")
    if known[0] is not None:
        Incident.objects.select_for_update(no_key=True).only("pk").get(pk=known[0])
    rows = selectors.visible_to(actor).select_for_update(no_key=True, of=("self",))
    return rows.get(pk=invitation_id)


def with_time_left(row: Invitation) -> Refusal | None:
    """Whether somebody may be given a link, or asked the questions, now."""
    if row.expires_at <= timezone.now():
        return OVER
    return may_be_asked(row.incident, row.respondent, family_asked=row.family_asked)
