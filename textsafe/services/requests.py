"""Asking for a text, taking the request back, and an officer's veto."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.selectors import has_seen
from foundation.backups.services.ledger import note
from foundation.exceptions import Invalid
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from missingcases.models import Incident, Phone
from missingcases.services import lock_incident
from textsafe import deadlines, policies, questions
from textsafe.enums import Language, OfficerStatus, Origin, RequestStatus
from textsafe.models import Request, Veto
from textsafe.officer import OfficerView
from textsafe.selectors import safe_facts, seen_by_officer, veto_on
from textsafe.services import screening
from textsafe.services.making import create_request
from textsafe.services.stopping import hold_back

_VIEWED = "textsafe.delivery_viewed"


@transaction.atomic
def ask_for_text(
    *,
    actor: Actor,
    incident_id: int,
    form_token: UUID,
    phone_id: int | None,
    number: str,
    answers: dict[str, str],
    language: str = Language.ENGLISH,
) -> Request:
    """Ask for a text to one number, in the officer's name.

    Give `phone_id` (a number on the record) or `number` as somebody wrote it. Asking twice is one
    text: the same `form_token`, or another request for this number on this incident that still reads
    Waiting, gives that request back. Raises `Refused` and `Invalid`.
    """
    incident = lock_incident(incident_id)
    mine = Q(form_token=form_token) | Q(incident=incident)
    before = list(Request.objects.filter(mine).order_by("-requested_at"))
    known = next((one for one in before if one.form_token == form_token), None)
    if known is not None:
        return _own(known, actor, incident)
    require(policies.may_request(actor, incident, veto=veto_on(incident_id)))
    phone = _phone_of(incident, phone_id)
    e164 = _read_number(phone, number)
    now = timezone.now()
    earlier = _earlier(before, numbers.key_of(Channel.SMS, e164), now=now)
    if earlier is not None:
        return earlier
    _supersede_automatic(before, now=now)
    safety = safe_facts(incident_id)
    request = create_request(
        actor=actor,
        incident=incident,
        origin=Origin.OFFICER if actor.client_id is None else Origin.SYSTEM,
        phone=phone,
        e164=e164,
        answers=questions.clean(answers),
        language=Language(language),
        form_token=form_token,
        not_before=now,
        now=now,
        safety=safety,
    )
    screening.screen_by_rule(request, now=now, just_read=safety)
    return request


def _own(known: Request, actor: Actor, incident: Incident) -> Request:
    if known.incident_id != incident.pk or known.requested_by_id != actor.user_id:
        require(Refusal("token", "This form was sent already. Open it again."))
    return known


def _phone_of(incident: Incident, phone_id: int | None) -> Phone | None:
    if phone_id is None:
        return None
    found = Phone.objects.filter(pk=phone_id, person_id=incident.person_id).first()
    if found is None:
        raise Invalid({"phone": "Choose a number of this person."})
    return found


def _read_number(phone: Phone | None, number: str) -> str:
    try:
        e164 = numbers.normalise(phone.number if phone else number)
    except InvalidAddress:
        raise Invalid({"number": "Enter a telephone number, such as 07700 900123."}) from None
    try:
        addresses.check_dialable(Channel.SMS, e164)
    except NotDialable as error:
        raise Invalid({"number": str(error)}) from None
    return e164


def _earlier(before: Sequence[Request], number_key: str, *, now: datetime) -> Request | None:
    """The officer's request for this number that still waits; refuses while one of today was sent."""
    for row in before:
        if row.number_key != number_key or row.origin not in {Origin.OFFICER, Origin.SYSTEM}:
            continue
        view = seen_by_officer(row, now=now)
        if view.status is OfficerStatus.WAITING:
            return row
        if view.sent_at is not None and now < deadlines.free_again_at(view.sent_at):
            require(
                Refusal(
                    "sent_today", "A text went to this number in the last 24 hours. One a day is the most."
                )
            )
    return None


def _supersede_automatic(before: Sequence[Request], *, now: datetime) -> None:
    """An officer's request takes the place of the automatic one that has not gone out."""
    ids = [row.pk for row in before if row.origin == Origin.AUTOMATION and row.sent_at is None]
    if ids:
        hold_back(Request.objects.filter(pk__in=ids), at=now, cause="superseded")


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: int) -> bool:
    """Take a request back. False where its text was already being sent.

    It reads Not sent from now on, whatever had become of it at the charity.
    """
    request = Request.objects.select_related("incident").get(pk=request_id)
    lock_incident(request.incident_id)
    now = timezone.now()
    require(policies.may_withdraw(actor, request, seen_by_officer(request, now=now)))
    hold_back(Request.objects.filter(pk=request.pk), at=now, cause="withdrawn")
    note("textsafe.withdrawn", request_id=request.pk)
    audit.record(
        actor=actor,
        action="textsafe.request_withdrawn",
        target=request,
        incident_id=request.incident_id,
        fields=["closed_early_at"],
    )
    request.refresh_from_db()
    return request.status not in {RequestStatus.SENDING, RequestStatus.UNKNOWN}


@transaction.atomic
def make_veto(*, actor: Actor, incident_id: int, reason: str) -> Veto:
    """Say that no text be sent for this incident, and hold back what has not gone."""
    incident = lock_incident(incident_id)
    require(policies.may_veto(actor, incident, veto=veto_on(incident_id)))
    _need_reason(reason)
    now = timezone.now()
    veto = Veto.objects.create(
        incident=incident, made_by_id=_person(actor), made_at=now, reason=reason.strip()
    )
    audit.record(
        actor=actor, action="textsafe.veto_made", target=veto, incident_id=incident_id, fields=["reason"]
    )
    note("textsafe.vetoed", incident_id=incident_id, made_by_id=veto.made_by_id)
    unsent = Q(sent_at__isnull=True) & Q(closes_at__gt=now)
    hold_back(Request.objects.filter(unsent, incident=incident), at=now, cause="veto")
    return veto


@transaction.atomic
def lift_veto(*, actor: Actor, incident_id: int, reason: str) -> Veto | None:
    """Let texts be asked for again."""
    incident = lock_incident(incident_id)
    veto = veto_on(incident_id)
    require(policies.may_lift_veto(actor, incident, veto=veto))
    _need_reason(reason)
    if veto is None:
        return None
    veto.lifted_at = timezone.now()
    veto.lifted_by_id = actor.user_id
    veto.save(update_fields=["lifted_at", "lifted_by"])
    audit.record(
        actor=actor,
        action="textsafe.veto_lifted",
        target=veto,
        incident_id=incident_id,
        fields=["lifted_at"],
        reason=reason,
    )
    return veto


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": "Say why. This is kept with the record."})


@transaction.atomic
def record_delivery_viewed(*, actor: Actor, request: Request, view: OfficerView, again: bool = False) -> None:
    """Note that somebody looked whether a text arrived: a phone that is on is itself intelligence.

    The entry names the times that were shown. With `again`, the same look goes on, and is noted only
    where it shows what this person had not seen.
    """
    shown = [name for name in ("sent_at", "delivered_at") if getattr(view, name) is not None]
    fields = ["status", *shown]
    if again and has_seen(actor, action=_VIEWED, target=request, fields=fields):
        return
    audit.record(actor=actor, action=_VIEWED, target=request, incident_id=request.incident_id, fields=fields)


@transaction.atomic
def record_figures_viewed(*, actor: Actor) -> None:
    """Note that somebody read how many texts arrived: of a day with one text, that is whether it did."""
    audit.record(actor=actor, action="textsafe.figures_viewed", target=Request, fields=["delivered_at"])


def _person(actor: Actor) -> int:
    """The person who acts; the policies let nobody else come this far."""
    if actor.user_id is None:
        require(Refusal("person", "A person has to do this."))
        return 0
    return actor.user_id
