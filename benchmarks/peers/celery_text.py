"""A text as the manuals of Django, Celery and Twilio have it: `on_commit`, a task, the official client.

Who may ask, what is written down and released, and every check before it goes are ours, called the same
way. Left out is what makes ours certain: no claim, no log of attempts, no second look at the caps under a
lock, one queue for everything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from foundation.access import require
from foundation.actors import Actor
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import Channel
from foundation.messaging.models import RateLimit
from foundation.messaging.services import switches
from missingcases.models import Incident
from textsafe import deadlines, policies, questions, screening
from textsafe.enums import Language, Origin, RequestStatus
from textsafe.models import Request
from textsafe.selectors import active_wording, facts_for, policy_of, safe_facts, veto_on
from textsafe.services.making import create_request

QUEUE = "peer"


@transaction.atomic
def ask_for_text(*, actor: Actor, incident_id: int, number: str, answers: dict[str, str]) -> Request:
    """Ask, check, write down, and have a task send it once this has committed."""
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    require(policies.may_request(actor, incident, veto=veto_on(incident_id)))
    e164 = numbers.normalise(number)
    addresses.check_dialable(Channel.SMS, e164)
    now = timezone.now()
    earlier = Request.objects.filter(
        incident=incident, number_key=numbers.key_of(Channel.SMS, e164), sent_at__gt=now - screening.DAY
    )
    if earlier.exists():
        raise ValueError("A text went to this number in the last 24 hours.")
    request = create_request(
        actor=actor,
        incident=incident,
        origin=Origin.OFFICER,
        phone=None,
        e164=e164,
        answers=questions.clean(answers),
        language=Language.ENGLISH,
        form_token=uuid4(),
        not_before=now,
        now=now,
    )
    reasons = screening.reasons_against(facts_for(request, now=now), now)
    request.wording = active_wording(request.age_group, request.language)
    if reasons or not policy_of(request.organisation_id).rules_screen_officers or request.wording is None:
        raise ValueError("A person has to look at this.")
    slot = deadlines.sending_slot(now, risk_level=safe_facts(incident_id).risk_level)
    if slot.not_before > now:
        raise ValueError("It is quiet now.")
    request.status, request.screened_at = RequestStatus.APPROVED, now
    request.save(update_fields=["status", "screened_at", "wording"])
    transaction.on_commit(lambda: send_text.apply_async(args=[request.pk], queue=QUEUE))
    return request


@shared_task(name="peer.send_text")
def send_text(request_id: int) -> None:
    """Look whether it may still go, send it, write down that it went."""
    request = Request.objects.select_related("phone", "wording").get(pk=request_id)
    now = timezone.now()
    if request.status != RequestStatus.APPROVED or request.wording is None:
        return
    if switches.is_stopped("textsafe", lane="urgent") or _over_limit(request, now=now):
        return
    if screening.reasons_against(facts_for(request, now=now), now):
        return
    made = client().messages.create(
        to=request.number,
        from_=settings.TWILIO_SENDER,
        body=request.wording.text,
        status_callback=f"{settings.PUBLIC_BASE_URL}/status?m={request.reference}",
    )
    if made.sid:
        request.status, request.sent_at = RequestStatus.SENT, now
        request.save(update_fields=["status", "sent_at"])


def _over_limit(request: Request, *, now: datetime) -> bool:
    """Whether the force has had as many texts as it may have; plainly counted, so two may pass at once."""
    limit = RateLimit.objects.filter(organisation_id=request.organisation_id, service="textsafe").first()
    if limit is None:
        return False
    since = now - timedelta(seconds=limit.seconds)
    sent = Request.objects.filter(organisation_id=request.organisation_id, sent_at__gt=since)
    return sent.count() >= limit.count


class _HttpClient(TwilioHttpClient):
    """The library's own advice for another address: a client of one's own."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """As the library's, at the stub."""
        return super().request(method, f"{settings.TWILIO_BASE_URL}{urlsplit(url).path}", *args, **kwargs)


@cache
def client() -> Client:
    """One a process, with connections that stay open."""
    return Client(
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=_HttpClient(timeout=10)
    )
