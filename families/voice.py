"""Family members whom we support, for whoever asks them how it was (missingcases.voice)."""

from __future__ import annotations

from django.urls import reverse

from families.enums import PointKind
from families.models import ContactPoint, FamilyMember
from families.policies import may_contact, may_support
from families.selectors.members import members_visible_to
from families.services.writing import may_write_to
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging.enums import Channel
from foundation.messaging.services.suppression import is_key_suppressed
from missingcases.voice import services as voice
from missingcases.voice.enums import Respondent, Service
from missingcases.voice.sources import Asked, Source, Way

LABEL = FamilyMember._meta.label
_GONE = Refusal("gone", "We know of no safe number of theirs any more.")
_STOPPED = Refusal("opted_out", "They asked for no more texts.")


def _find(actor: Actor, reference: str) -> Asked | None:
    return _asked(actor, members_visible_to(actor).filter(reference=reference).select_related("case").first())


def _named(actor: Actor, member_id: int) -> Asked | None:
    return _asked(actor, members_visible_to(actor).filter(pk=member_id).select_related("case").first())


def _asked(actor: Actor, member: FamilyMember | None) -> Asked | None:
    """Whoever is blocked, or wants to hear nothing from us, is not asked either."""
    if member is None or may_support(actor) is not None or may_contact(member) is not None:
        return None
    points = member.points.filter(kind=PointKind.SMS, ended_at__isnull=True)
    return Asked(
        source=LABEL,
        source_id=member.pk,
        words=f"{member.name}, case {member.case.reference}",
        url=reverse("families:member", args=[member.reference]),
        service=Service.FAMILY,
        respondents=(Respondent.FAMILY,),
        incident_id=member.case.incident_id,
        ways=tuple(Way(one.pk, one.value) for one in points if may_text(member.pk, one.pk) is None),
    )


def may_text(member_id: int, way: int) -> Refusal | None:
    """Only to a number of theirs that may be written to by every rule of family support."""
    point = ContactPoint.objects.select_related("member", "member__case").filter(pk=way).first()
    if point is None or point.member_id != member_id or point.kind != PointKind.SMS:
        return _GONE
    if (refusal := may_write_to(point.member, point)) is not None:
        return refusal
    return _STOPPED if is_key_suppressed(voice.SERVICE, Channel.SMS, point.value_key) else None


def _number(member_id: int, way: int) -> str:
    return ContactPoint.objects.get(member_id=member_id, pk=way).value


family_voice = Source("family", LABEL, _find, _named, may_text, _number)
