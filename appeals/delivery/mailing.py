"""E-mail to media partners: queued with messaging, guarded at the sending, settled when it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from appeals.channels import media_email
from appeals.channels.base import Job
from appeals.deadlines import RETELL_AFTER
from appeals.delivery.claims import SENDER, UNSURE, Claim
from appeals.delivery.outcomes import come_to_life, enter, mark_told, note_chased
from appeals.enums import ConfirmedBy, PlacementStatus
from appeals.models import Placement
from appeals.models.placements import OWED
from appeals.selectors import may_be_shown, published_again
from appeals.states import PLACEMENT
from foundation.access import Refusal
from foundation.messaging import services as messaging
from foundation.messaging.enums import UNDER_WAY, MessageStatus
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.models import Message
from foundation.messaging.types import Settlement
from foundation.states import move_many

_P = PlacementStatus
_M = MessageStatus
LABEL = "appeals.Placement"
PUBLISHED, WITHDRAWN = "appeals", "appeals_withdrawn"
_LASTS = timedelta(hours=24)
GUARDS_OF = {PUBLISHED: "appeals.published", WITHDRAWN: "appeals.withdrawn"}
_WENT = (_M.SENT, _M.DELIVERED)
_NOT_SENT = (_M.FAILED, _M.EXPIRED, _M.SUPPRESSED)


def may_be_published(owner_id: int) -> Refusal | None:
    """The guard of an appeal's e-mail: it is live, and for this partner, at the moment of sending."""
    mine = Placement.objects.filter(pk=owner_id, status__in=UNSURE)
    live = mine.filter(may_be_shown(timezone.now()))
    return None if live.exists() else Refusal("withdrawn", "The appeal is not live any more.")


def is_to_be_taken_down(owner_id: int) -> Refusal | None:
    """The guard of a withdrawal's e-mail: it is not confirmed, and there is something to take down."""
    waiting = Placement.objects.filter(pk=owner_id, status__in=OWED)
    if waiting.filter(published_again()).exists():
        return Refusal("published_again", "It was published there again since.")
    if not waiting.exists():
        return Refusal("gone", "It is confirmed gone already.")
    letters = Message.objects.filter(owner_label=LABEL, owner_id=owner_id, service=PUBLISHED)
    if set(letters.values_list("status", flat=True)) == {_M.CANCELLED}:
        return Refusal("never_sent", "The appeal itself was never sent.")
    return None


@transaction.atomic
def write_publications(claims: Sequence[Claim]) -> None:
    """Queue the appeal for each partner who does not have it in the post. They are live once it has gone."""
    if not claims:
        return
    in_the_post = _in_the_post([claim.pk for claim in claims if claim.status in UNSURE])
    letters = [claim for claim in claims if claim.pk not in in_the_post]
    queued, refused = _queue(letters, PUBLISHED, media_email.publication)
    Placement.objects.filter(pk__in={*queued, *in_the_post}, status__in=UNSURE).update(next_at=None)
    _move(refused, _P.SENDING, _P.FAILED, problem="bad_address", next_at=None)


@transaction.atomic
def write_withdrawals(claims: Sequence[Claim]) -> None:
    """Queue that it is to be taken down. They are told once the e-mail has gone."""
    if not claims:
        return
    now = timezone.now()
    queued, refused = _queue(claims, WITHDRAWN, media_email.withdrawal)
    Placement.objects.filter(pk__in=queued, status=_P.WITHDRAWING).update(next_at=None)
    note_chased([claim for claim in claims if claim.status == _P.TOLD and claim.pk in queued], now=now)
    Placement.objects.filter(pk__in=refused).update(problem="bad_address", next_at=None)
    enter(refused, "not_told", now=now, code="bad_address")


def _in_the_post(ids: Sequence[int]) -> set[int]:
    """Those whose e-mail is on its way, or went."""
    letters = Message.objects.filter(owner_label=LABEL, owner_id__in=ids, service=PUBLISHED)
    return set(letters.filter(status__in=UNDER_WAY).values_list("owner_id", flat=True)) if ids else set()


def _queue(
    claims: Iterable[Claim], service: str, write: Callable[[Job], media_email.Letter]
) -> tuple[set[int], list[int]]:
    """Those whose e-mail is queued, and those who have no address that takes one."""
    queued: set[int] = set()
    refused = []
    for claim in claims:
        letter = write(claim.job)
        try:
            messaging.queue_message(
                actor=SENDER,
                channel="email",
                lane="urgent",
                to=claim.job.address,
                subject=letter.subject,
                body=letter.body,
                service=service,
                owner=(LABEL, claim.pk),
                guard=GUARDS_OF[service],
                organisation_id=None,
                valid_until=timezone.now() + _LASTS,
                dedupe_key=f"{service}:{claim.pk}:{claim.tries}",
            )
        except InvalidAddress:
            refused.append(claim.pk)
        else:
            queued.add(claim.pk)
    return queued, refused


@transaction.atomic
def settle_publications(settlements: list[Settlement]) -> None:
    """What became of appeals by e-mail, in the order in which it happened."""
    now = timezone.now()
    for one in settlements:
        held = _held(one.owner_id)
        if one.status in _WENT:
            come_to_life(held, held, now=now)
        elif one.status == _M.CANCELLED:
            _never_sent(held)
        elif one.status == _M.UNKNOWN:
            _move(held, _P.SENDING, _P.UNKNOWN, problem="mail_unknown", next_at=None)
        elif one.status in _NOT_SENT:
            _move(held, UNSURE, _P.FAILED, problem="mail_not_sent", next_at=None)


@transaction.atomic
def settle_withdrawals(settlements: list[Settlement]) -> None:
    """Told once the e-mail has gone; one that did not go is followed by another."""
    now = timezone.now()
    for one in settlements:
        held = _held(one.owner_id)
        if one.status in _WENT:
            mark_told(held, now=now)
        elif one.status in (*_NOT_SENT, _M.UNKNOWN) and held.get(one.owner_id) == _P.WITHDRAWING:
            again = now + RETELL_AFTER[-1]
            Placement.objects.filter(pk=one.owner_id).update(next_at=again, problem="mail_not_sent")
            enter(held, "not_told", now=now, code="mail_not_sent")


def _never_sent(held: dict[int, str]) -> None:
    """The guard kept it from going: there is nothing to take down."""
    now = timezone.now()
    _move(held, UNSURE, _P.FAILED, problem="not_live", next_at=None)
    sure = {"confirmed_gone_at": now, "confirmed_by": ConfirmedBy.OURS, "next_at": None}
    enter(_move(held, OWED, _P.CONFIRMED, **sure), "never_sent", now=now)


def _held(placement_id: int) -> dict[int, str]:
    rows = Placement.objects.filter(pk=placement_id).select_for_update(no_key=True)
    return dict(rows.values_list("pk", "status"))


def _move(ids: Iterable[int], source: str | Sequence[str], to: str, **changes: Any) -> list[int]:
    rows = Placement.objects.filter(pk__in=list(ids))
    return move_many(rows, PLACEMENT, source, to, actor=SENDER, changes=changes)
