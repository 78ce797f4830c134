"""Emptying what somebody said to the helpline, once nothing needs it: that they turned to us stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from families.helpline.enums import ContactStatus, LinkStatus
from families.helpline.labels import MAIL_LABEL
from families.helpline.models import Concern, ContactLink, HelplineContact, HelplineMail, ThreeWayCall
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging


def ended_contacts(charity_id: int, before: datetime) -> list[int]:
    """Contacts closed before then that belong to no incident and raised no concern."""
    links = ContactLink.objects.filter(
        contact=OuterRef("pk"), status__in=[LinkStatus.ASKED, LinkStatus.LINKED]
    )
    rows = HelplineContact.objects.filter(
        ~Exists(links),
        ~Exists(Concern.objects.filter(contact=OuterRef("pk"))),
        charity_id=charity_id,
        status=ContactStatus.CLOSED,
        closed_at__lte=before,
        erased_at__isnull=True,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_contacts(ids: Sequence[int], actor: Actor) -> int:
    """Empty these contacts, their e-mails of either way and what was agreed in their calls."""
    rows = HelplineContact.objects.filter(
        pk__in=list(ids), status=ContactStatus.CLOSED, erased_at__isnull=True
    )
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    mails = list(HelplineMail.objects.filter(contact_id__in=found).values_list("pk", "inbound_id"))
    messaging.erase_for_owners(actor=actor, owner_label=MAIL_LABEL, owner_ids=[pk for pk, _ in mails])
    messaging.erase_inbound(actor=actor, inbound_ids=[inbound for _, inbound in mails if inbound])
    HelplineMail.objects.filter(contact_id__in=found).update(subject="", words="")
    ThreeWayCall.objects.filter(contact_id__in=found).update(agreed="")
    ContactLink.objects.filter(contact_id__in=found).update(reason="")
    changes = {
        "is_anonymous": True,
        "name": "",
        "reach_by": "",
        "reach_key": "",
        "notes": "",
        "answers": "{}",
    }
    HelplineContact.objects.filter(pk__in=found).update(erased_at=timezone.now(), **changes)
    audit.record(
        actor=actor,
        action="helpline.erased",
        target=HelplineContact,
        target_ids=found,
        fields=sorted(changes),
    )
    return len(found)
