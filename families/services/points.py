"""The ways a member can be reached, and what makes one unsafe."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from families.enums import DIALLED, PointKind
from families.models import ContactPoint, FamilyMember
from families.selectors.members import is_unsafe, points_of
from families.services.common import filled, member_to_write
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress


def key_of_number(number: str, *, field: str = "number") -> tuple[str, str]:
    """A phone number as it is written and keyed. Raises `Invalid` on `field`."""
    return _keyed(Channel.SMS, number, field, "This is not a phone number. Check it with them.")


def _keyed(channel: Channel, value: str, field: str, problem: str) -> tuple[str, str]:
    try:
        written = addresses.normalise(channel, value)
    except InvalidAddress:
        raise Invalid({field: problem}) from None
    return written, numbers.key_of(channel, written)


def _written(kind: str, value: str) -> tuple[str, str]:
    """An address in the one form it is kept in, and its key; post has none."""
    if kind in DIALLED:
        return key_of_number(value, field="value")
    if kind == PointKind.EMAIL:
        problem = "This is not an e-mail address. Check it with them."
        return _keyed(Channel.EMAIL, value, "value", problem)
    return filled("value", value, "Give the address."), ""


@transaction.atomic
def add_point(
    *,
    actor: Actor,
    member_id: int,
    kind: str,
    value: str,
    is_preferred: bool = False,
    unsafe_why: str = "",
) -> ContactPoint:
    """Add a way to be reached. With `unsafe_why` it is kept only so that nobody uses it.

    Raises `Invalid` where the same address is kept for them already, safe or unsafe.
    """
    member = member_to_write(actor, member_id)
    written, key = _written(kind, value)
    why = unsafe_why.strip()
    if is_unsafe(member.pk, key) and not why:
        raise Invalid({"value": "This is marked unsafe for them. Read why before anything else."})
    if key and points_of(member).filter(value_key=key).exists():
        raise Invalid({"value": "We have this already."})
    if why and is_preferred:
        raise Invalid({"is_preferred": "An unsafe way cannot be the preferred one."})
    if is_preferred:
        _prefer_none(member)
    row = ContactPoint.objects.create(
        member=member,
        kind=kind,
        value=written,
        value_key=key,
        added_by_id=actor.user_id,
        added_at=timezone.now(),
        **(_unsafe(actor, why) if why else {"is_preferred": is_preferred}),
    )
    audit.record(actor=actor, action="families.point_added", target=row)
    return row


def _unsafe(actor: Actor, why: str) -> dict[str, object]:
    return {
        "is_unsafe": True,
        "is_preferred": False,
        "unsafe_why": why,
        "unsafe_by_id": actor.user_id,
        "unsafe_at": timezone.now(),
    }


def _prefer_none(member: FamilyMember) -> None:
    member.points.filter(is_preferred=True).update(is_preferred=False)


def _locked_point(actor: Actor, point_id: int) -> ContactPoint:
    member_id = ContactPoint.objects.filter(pk=point_id).values_list("member_id", flat=True).first()
    member = member_to_write(actor, member_id or 0)
    row = ContactPoint.objects.select_for_update(no_key=True).get(pk=point_id)
    row.member = member
    return row


@transaction.atomic
def prefer_point(*, actor: Actor, point_id: int) -> ContactPoint:
    """Make it the way they prefer."""
    row = _locked_point(actor, point_id)
    if row.is_unsafe or row.ended_at is not None:
        raise NotVisible(f"point {point_id}")
    _prefer_none(row.member)
    row.is_preferred = True
    row.save(update_fields=["is_preferred"])
    audit.record(actor=actor, action="families.point_preferred", target=row, fields=["is_preferred"])
    return row


@transaction.atomic
def mark_unsafe(*, actor: Actor, point_id: int, why: str) -> ContactPoint:
    """From this moment nothing goes there: what is queued is refused when its turn comes."""
    row = _locked_point(actor, point_id)
    changes = _unsafe(actor, filled("why", why, "Say what makes it unsafe, for colleagues."))
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") for name in changes])
    audit.record(actor=actor, action="families.point_unsafe", target=row, fields=["is_unsafe", "unsafe_why"])
    return row


@transaction.atomic
def mark_safe(*, actor: Actor, point_id: int, reason: str) -> ContactPoint:
    """Allow it again, saying how it is known to be safe."""
    row = _locked_point(actor, point_id)
    words = filled("reason", reason, "Say how you know that it is safe now.")
    row.is_unsafe, row.unsafe_why, row.unsafe_by, row.unsafe_at = False, "", None, None
    row.save(update_fields=["is_unsafe", "unsafe_why", "unsafe_by", "unsafe_at"])
    audit.record(actor=actor, action="families.point_safe", target=row, fields=["is_unsafe"], reason=words)
    return row


@transaction.atomic
def end_point(*, actor: Actor, point_id: int) -> ContactPoint:
    """It is in use no more. An unsafe one stays, so that nobody adds it again in good faith."""
    row = _locked_point(actor, point_id)
    if row.is_unsafe:
        raise Invalid({"": "An unsafe way is kept, so that nobody uses it unknowingly."})
    row.ended_at, row.is_preferred = timezone.now(), False
    row.save(update_fields=["ended_at", "is_preferred"])
    audit.record(actor=actor, action="families.point_ended", target=row, fields=["ended_at"])
    return row
