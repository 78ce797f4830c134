"""What a family is told: once, by somebody certain of who is listening, and put down in one place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from families import policies
from families.conflicts import gives_away
from families.enums import ContactChannel, Finding, ToldFrom
from families.models import ContactPoint, FamilyMember, Told
from families.selectors.members import in_conflict_with, last_check
from families.services.common import filled, member_to_write
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.selectors import released_to

_NOT_SHARED = "No release of this reference is open to us. Look it up in the incident."


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told, how, and where it came from; `source_reference` names the release or appeal."""

    words: str
    channel: str = ContactChannel.CALL
    finding: str = Finding.NOTHING
    source: str = ToldFrom.OWN
    source_reference: str = ""


@transaction.atomic
def tell(*, actor: Actor, member_id: int, telling: Telling, form_token: UUID) -> Told:
    """Put down what a member is told. The same `form_token` twice is one entry.

    Raises `Refused` where nobody is certain who they are, or the person who was found did not agree, and
    `Invalid` where the words would give away somebody they are in conflict with.
    """
    member = member_to_write(actor, member_id)
    known = Told.objects.filter(form_token=form_token, member=member).first()
    if known is not None:
        return known
    refuse_untold(actor, member, telling.finding)
    words = filled("words", telling.words, "Write what they were told.")
    refuse_giving_away(member, words)
    return put_down(
        member,
        actor,
        telling=telling,
        words=words,
        reference=_source(actor, telling),
        form_token=form_token,
    )


def refuse_untold(actor: Actor, member: FamilyMember, finding: str) -> None:
    """Raise `Refused` where this member may not be told now."""
    require(
        policies.may_tell(
            actor,
            member,
            check=last_check(member),
            finding=finding,
            incident=member.case.incident,
            now=timezone.now(),
        )
    )


def refuse_giving_away(member: FamilyMember, words: str, *, field: str = "words") -> None:
    """Raise `Invalid` where words for `member` would give away somebody they are in conflict with."""
    others = in_conflict_with(member)
    addresses = ContactPoint.objects.filter(member__in=others).values_list("value", flat=True)
    if others and gives_away(words, names=[one.name for one in others], addresses=list(addresses)):
        raise Invalid({field: "This gives away somebody they are in conflict with. Leave that out."})


def put_down(
    member: FamilyMember,
    actor: Actor,
    *,
    telling: Telling,
    words: str,
    reference: str,
    form_token: UUID | None,
) -> Told:
    """The entry itself, for a caller who has checked that it may be told."""
    check = member.checks.all()[0]
    row = Told.objects.create(
        case=member.case,
        member=member,
        words=words,
        finding=telling.finding,
        source=telling.source,
        source_reference=reference,
        channel=telling.channel,
        check_made=check,
        at=timezone.now(),
        by_id=actor.user_id,
        form_token=form_token,
    )
    audit.record(actor=actor, action="families.told", target=row, incident_id=member.case.incident_id)
    return row


def _source(actor: Actor, telling: Telling) -> str:
    reference = telling.source_reference.strip().upper()
    if telling.source == ToldFrom.RELEASE:
        found = released_to(actor).filter(reference=reference)
        if not found.exists():
            raise Invalid({"source_reference": _NOT_SHARED})
    return reference


@transaction.atomic
def correct_told(*, actor: Actor, told_id: int, words: str) -> Told:
    """Put right what was put down wrongly: another entry beside the first, which stays."""
    first = Told.objects.filter(pk=told_id).first()
    if first is None:
        raise NotVisible(f"told {told_id}")
    member_to_write(actor, first.member_id)
    row = Told.objects.create(
        case_id=first.case_id,
        member_id=first.member_id,
        words=filled("words", words, "Write what they were told."),
        finding=first.finding,
        source=first.source,
        source_reference=first.source_reference,
        channel=first.channel,
        check_made_id=first.check_made_id,
        at=first.at,
        by_id=actor.user_id,
        corrects=first,
    )
    audit.record(actor=actor, action="families.told_corrected", target=row)
    return row
