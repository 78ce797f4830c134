"""Where somebody lives and has lived (domain.md section 1: address history)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.enums import AddressKind
from missingcases.matching.services.keys import index_people
from missingcases.models import Address
from missingcases.policies import may_edit
from missingcases.services.common import apply, for_writing, one_of, refuse


@dataclass(frozen=True, kw_only=True)
class AddressDetails:
    """One address. Without `lived_until` they live there still, as far as is known."""

    text: str
    kind: str = AddressKind.HOME
    lived_from: date | None = None
    lived_until: date | None = None


@transaction.atomic
def add_address(*, actor: Actor, incident_id: int, address: AddressDetails) -> Address:
    """Add an address to the person of an incident. Raises `Invalid`, `Refused`, `NotVisible`."""
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    _check(address)
    row = Address.objects.create(person_id=incident.person_id, **vars(address))
    index_people([incident.person_id])
    audit.record(
        actor=actor, action="address.added", target=row, incident_id=incident.pk, fields=list(vars(address))
    )
    return row


@transaction.atomic
def edit_address(
    *, actor: Actor, incident_id: int, address_id: int, version: int, address: AddressDetails
) -> Address:
    """Correct an address, or say until when they lived there.

    Raises `Conflict` with both sides, `Invalid`, `Refused`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    of_person = Address.objects.select_for_update(no_key=True).filter(person_id=incident.person_id)
    row = of_person.filter(pk=address_id).first()
    if row is None:
        raise NotVisible(f"address {address_id}")
    _check(address)
    changed = apply(row, version=version, changes=vars(address))
    if changed:
        index_people([incident.person_id])
        audit.record(
            actor=actor, action="address.edited", target=row, incident_id=incident.pk, fields=changed
        )
    return row


def _check(address: AddressDetails) -> None:
    one_of(AddressKind, address.kind, "kind")
    problems = {} if address.text.strip() else {"text": "Write the address."}
    today = timezone.localdate()
    if address.lived_from is not None and address.lived_from > today:
        problems["lived_from"] = "This date is in the future."
    ended = address.lived_until
    if ended is not None and address.lived_from is not None and ended < address.lived_from:
        problems["lived_until"] = "This is before they moved in."
    refuse(problems)
