"""Follow-ups and signposts: planned from data, paused and stopped with the case or at a wish."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from families import policies
from families.deadlines import plan_from
from families.enums import FollowUpStatus, Wish
from families.models import FamilyMember, FollowUp, Signpost, SupportCase
from families.services.common import case_to_write, member_to_write
from families.signposts import posts_of
from families.states import FOLLOW_UP
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.states import move, move_many

_S = FollowUpStatus


def set_signposts(case: SupportCase) -> None:
    """Lay the signposts of the case's nation anew; what the family was told of stays."""
    Signpost.objects.filter(case=case, told_at__isnull=True).delete()
    if case.missing_since is None:
        return
    told = set(Signpost.objects.filter(case=case).values_list("key", flat=True))
    Signpost.objects.bulk_create(
        Signpost(case=case, key=key, due_on=post.due_on(case.missing_since))
        for key, post in posts_of(case.nation).items()
        if key not in told
    )


@transaction.atomic
def begin_plan(*, actor: Actor, member_id: int) -> list[FollowUp]:
    """Plan the follow-ups of a member, from now. A plan that was stopped begins anew.

    Raises `Refused` where they do not wish to hear from us.
    """
    member = member_to_write(actor, member_id)
    require(policies.may_contact(member))
    member.follow_up_wish = Wish.YES
    member.version += 1
    member.save(update_fields=["follow_up_wish", "version"])
    return lay_plan(member, actor=actor, at=timezone.now())


def lay_plan(member: FamilyMember, *, actor: Actor, at: datetime) -> list[FollowUp]:
    """The steps of a plan from `at`, for a member whose case is locked; those that were done are kept."""
    member.follow_ups.exclude(status=_S.DONE).delete()
    done = set(member.follow_ups.values_list("step", flat=True))
    steps = [step for step in plan_from(at, member.case.missing_since) if step[0] not in done]
    rows = FollowUp.objects.bulk_create(
        FollowUp(case=member.case, member=member, step=step, due_at=due_at) for step, due_at in steps
    )
    audit.record(actor=actor, action="families.follow_ups_planned", target=member)
    return rows


@transaction.atomic
def follow_up_done(*, actor: Actor, follow_up_id: int) -> FollowUp:
    """Say that a planned contact was made."""
    row = FollowUp.objects.filter(pk=follow_up_id).first()
    if row is None:
        raise NotVisible(f"follow-up {follow_up_id}")
    case_to_write(actor, row.case_id)
    changes = {"done_at": timezone.now(), "done_by_id": actor.user_id}
    return move(row, FOLLOW_UP, _S.DONE, actor=actor, changes=changes)


@transaction.atomic
def stop_plan(*, actor: Actor, member_id: int) -> list[int]:
    """They wish no more follow-up: what is planned stops, and none is planned until they say otherwise."""
    member = member_to_write(actor, member_id)
    member.follow_up_wish = Wish.NO
    member.version += 1
    member.save(update_fields=["follow_up_wish", "version"])
    audit.record(
        actor=actor, action="families.follow_up_wish_ended", target=member, fields=["follow_up_wish"]
    )
    return stop_for(member, actor=actor)


def stop_for(member: FamilyMember, *, actor: Actor) -> list[int]:
    """Stop what is planned with one member."""
    return _stop(member.follow_ups.all(), actor)


def stop(case: SupportCase, *, actor: Actor) -> list[int]:
    """Stop what is planned in a case."""
    return _stop(case.follow_ups.all(), actor)


def pause(case: SupportCase, *, actor: Actor) -> list[int]:
    """Hold what is planned until a person says how to go on."""
    return move_many(case.follow_ups.all(), FOLLOW_UP, (_S.PLANNED,), _S.PAUSED, actor=actor)


def resume(case: SupportCase, *, actor: Actor) -> list[int]:
    """Go on with what was held, but for those who wish no more."""
    rows = case.follow_ups.exclude(member__follow_up_wish=Wish.NO)
    return move_many(rows, FOLLOW_UP, (_S.PAUSED,), _S.PLANNED, actor=actor)


def _stop(rows: QuerySet[FollowUp], actor: Actor) -> list[int]:
    return move_many(rows, FOLLOW_UP, (_S.PLANNED, _S.PAUSED), _S.STOPPED, actor=actor)


@transaction.atomic
def signpost_told(*, actor: Actor, signpost_id: int) -> Signpost:
    """Say that the family was told of what the law makes possible."""
    row = Signpost.objects.filter(pk=signpost_id).first()
    if row is None:
        raise NotVisible(f"signpost {signpost_id}")
    case_to_write(actor, row.case_id)
    if row.told_at is None:
        row.told_at, row.told_by_id = timezone.now(), actor.user_id
        row.save(update_fields=["told_at", "told_by"])
        audit.record(actor=actor, action="families.signpost_told", target=row, fields=["told_at"])
    return row
