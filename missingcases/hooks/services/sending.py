"""Around each attempt: the last look, the signature, and what follows from the answer."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts import mail
from foundation.accounts.enums import Role
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.types import Signing
from foundation.states import move
from missingcases.hooks import deadlines, selectors
from missingcases.hooks.enums import EndpointStatus
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.hooks.services.deliveries import SERVICE
from missingcases.hooks.states import ENDPOINT

log = structlog.get_logger(__name__)

SENDER = Actor.system("hooks.send")
# HTTP: the address is gone for good, so the receiver says itself.
GONE = "410"


def may_go(owner_id: int) -> Refusal | None:
    """The guard of a delivery: the address is on, and its organisation may know of the incident now."""
    row = Delivery.objects.select_related("endpoint__organisation").filter(pk=owner_id).first()
    if row is None:
        return Refusal("gone", "It is no longer on the list.")
    endpoint = row.endpoint
    if endpoint.status != EndpointStatus.ACTIVE or not endpoint.organisation.is_active:
        return Refusal("endpoint_off", "The address is turned off.")
    if row.incident_id is not None and not selectors.sees(endpoint.organisation, row.incident_id, row.type):
        return Refusal(selectors.NOT_VISIBLE, "Your organisation may no longer see what this tells of.")
    return None


def signing(owner_id: int) -> Signing:
    """The id of a delivery and the secrets that sign it now."""
    row = Delivery.objects.select_related("endpoint").get(pk=owner_id)
    endpoint = row.endpoint
    old = (endpoint.old_secret,) if endpoint.both_sign else ()
    return Signing(row.reference, tuple(one for one in (endpoint.secret, *old) if one))


@transaction.atomic
def heard(owner_id: int, code: str | None) -> None:
    """After an attempt: a taken one ends a run of failures; a failure has the address left alone a while.

    One that took nothing for days, or says that it is gone, is stopped and its administrators are told.
    """
    found = Endpoint.objects.filter(deliveries=owner_id).values_list("pk", flat=True).first()
    if found is None:
        return
    row = Endpoint.objects.select_for_update(no_key=True).get(pk=found)
    now = timezone.now()
    if code is None:
        row.failures, row.failing_since, row.rests_until, row.last_taken_at = 0, None, None, now
    else:
        row.failures += 1
        row.failing_since = row.failing_since or now
        row.rests_until = deadlines.rests_until(row.failures, now)
    row.save(update_fields=["failures", "failing_since", "rests_until", "last_taken_at"])
    if row.rests_until is not None:
        messaging.wait_for_recipient(service=SERVICE, channel="webhook", to=row.url, until=row.rests_until)
    if row.status == EndpointStatus.ACTIVE and _is_to_stop(row, code, now=now):
        _stop(row)


def _is_to_stop(row: Endpoint, code: str | None, *, now: datetime) -> bool:
    if row.failing_since is None:
        return False
    return code == GONE or now - row.failing_since >= deadlines.STOPPED_AFTER


def _stop(row: Endpoint) -> None:
    move(row, ENDPOINT, EndpointStatus.STOPPED, actor=SENDER)
    log.warning("webhook_stopped", endpoint=row.reference)
    page = {"product": settings.PRODUCT_NAME, "endpoint": row, "base": settings.STAFF_BASE_URL}
    for user in people_holding(row.organisation_id, {Role.ADMINISTRATOR}):
        mail.send_to_person(
            actor=SENDER,
            user_id=user.pk,
            to=user.email,
            subject=f"{settings.PRODUCT_NAME}: a webhook was stopped",
            body=render_to_string("hooks/mail/stopped.txt", page),
        )
