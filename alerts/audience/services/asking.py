"""The link to one's choices: sent to the address itself, whoever asks, if it gets alerts at all."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone

from alerts.audience import deadlines, links, wording
from alerts.audience.models import PreferenceLink, Subscriber
from alerts.audience.services.choosing import live_of
from alerts.audience.services.signing_up import SERVICE, WORKER
from alerts.enums import AudienceChannel
from foundation.access import Refusal
from foundation.accounts.selectors import the_charity
from foundation.messaging import addresses, numbers
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane
from foundation.places.models import Area

log = structlog.get_logger(__name__)
GUARD = "alerts.choices"
LABEL = "audience.PreferenceLink"
_OVER = Refusal("over", "The link's time is over, or they left.")


@transaction.atomic
def send_link(*, channel: str, to: str) -> PreferenceLink | None:
    """Send the link, at most three a day; None where the address gets no alerts. Raises `InvalidAddress`."""
    key = numbers.key_of(channel, addresses.normalise(channel, to))
    rows = Subscriber.objects.select_for_update(no_key=True).filter(channel=channel, to_key=key)
    subscriber = rows.filter(left_at__isnull=True, is_test=False).first()
    if subscriber is None:
        return None
    mine = live_of(subscriber.pk)
    return write_link(subscriber, channel=channel, to=mine[0].to) if mine else None


def write_link(
    subscriber: Subscriber, *, channel: str, to: str, page: str = "choices"
) -> PreferenceLink | None:
    """Write a link for a subscriber that the caller holds; None where three were sent today.

    `page` is where it leads, after /alerts/.
    """
    now = timezone.now()
    if subscriber.links.filter(created_at__gt=now - deadlines.ASKED_WITHIN).count() >= deadlines.MOST_ASKED:
        log.info("link_not_sent_again")
        return None
    token = links.new_token()
    row = PreferenceLink.objects.create(
        token_hash=links.hash_of(token),
        subscriber=subscriber,
        created_at=now,
        expires_at=now + deadlines.CHOICES_LAST,
    )
    subject, body = _words(subscriber, f"{page}/{token}/")
    messaging.queue_message(
        actor=WORKER,
        channel=Channel(channel),
        lane=Lane.NORMAL,
        to=to,
        body=body,
        subject=subject,
        service=SERVICE,
        owner=(LABEL, row.pk),
        guard=GUARD,
        organisation_id=the_charity().pk,
        valid_until=row.expires_at,
        dedupe_key=f"alerts.choices.{row.pk}",
    )
    return row


def _words(subscriber: Subscriber, page: str) -> tuple[str, str]:
    address = links.address_of(page, subscriber.language)
    if subscriber.channel == AudienceChannel.SMS:
        return "", wording.choices_text(address, subscriber.language)
    of_theirs = subscriber.subscriptions.exclude(status="left").values("bucket__area_id")
    areas = list(Area.objects.filter(pk__in=of_theirs).order_by("name").values_list("name", flat=True))
    if subscriber.channel == AudienceChannel.WEB_PUSH:
        path = links.path_of(page, subscriber.language)
        return "", wording.choices_push(path, areas, subscriber.language)
    return wording.choices_mail(address, areas, subscriber.language)


def still_theirs(link_id: int) -> Refusal | None:
    """The guard of the message with the link."""
    rows = PreferenceLink.objects.filter(pk=link_id, expires_at__gt=timezone.now())
    return None if rows.filter(subscriber__left_at__isnull=True).exists() else _OVER
