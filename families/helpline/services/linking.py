"""Putting a contact with an incident: by the caller's wish at once, on any other ground by two people."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from families.helpline import policies, selectors
from families.helpline.enums import LinkGround, LinkStatus
from families.helpline.models import ContactLink
from families.helpline.services.contacts import locked
from families.helpline.states import LINK
from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move

_UNKNOWN = "We know no incident of that reference. Read it again, or ask the force."


@transaction.atomic
def link_contact(
    *, actor: Actor, contact_id: int, reference: str, ground: str, reason: str = ""
) -> ContactLink:
    """Link a contact with the incident of that reference, which nobody of another body learns of.

    By the caller's wish it holds at once; on another ground a manager who did not ask decides.
    """
    contact = locked(actor, contact_id)
    require(policies.may_work_on(actor, contact))
    incident = selectors.incident_known(actor, reference)
    problems = {}
    if incident is None:
        problems["reference"] = _UNKNOWN
    if ground not in LinkGround.values:
        problems["ground"] = "Choose whose wish it is, or the ground."
    elif ground != LinkGround.WISH and not reason.strip():
        problems["reason"] = "Say why it is linked without their wish."
    if problems or incident is None:
        raise Invalid(problems)
    if selectors.live_link(contact) is not None:
        require(Refusal("linked", "This contact has a link already. End that one first."))
    link = ContactLink.objects.create(
        contact=contact,
        incident=incident,
        ground=ground,
        reason=reason.strip(),
        status=LinkStatus.LINKED if ground == LinkGround.WISH else LinkStatus.ASKED,
        asked_by_id=actor.user_id or 0,
        asked_at=timezone.now(),
    )
    audit.record(
        actor=actor, action="helpline.link_asked", target=contact, incident_id=incident.pk, fields=["links"]
    )
    return link


@transaction.atomic
def decide_link(*, actor: Actor, link_id: int, approve: bool, reason: str) -> ContactLink:
    """A manager agrees, or does not."""
    link = _locked(actor, link_id)
    require(policies.may_decide_link(actor, link))
    to = LinkStatus.LINKED if approve else LinkStatus.REFUSED
    changes = {"decided_by_id": actor.user_id, "decided_at": timezone.now()}
    return move(link, LINK, to, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def end_link(*, actor: Actor, link_id: int, reason: str) -> ContactLink:
    """The link was wrong, or the caller's wish has changed."""
    link = _locked(actor, link_id)
    require(policies.may_work_on(actor, link.contact))
    return move(link, LINK, LinkStatus.ENDED, actor=actor, reason=reason)


def _locked(actor: Actor, link_id: int) -> ContactLink:
    found = ContactLink.objects.filter(pk=link_id).values_list("contact_id", flat=True).first()
    if found is None:
        raise NotVisible(f"link {link_id}")
    contact = locked(actor, found)
    link = ContactLink.objects.select_for_update(no_key=True).get(pk=link_id)
    link.contact = contact
    return link
