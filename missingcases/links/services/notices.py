"""E-mails to the people who look after a force's links. They name nobody and no record."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.messaging import services as messaging
from missingcases.links import selectors
from missingcases.links.enums import LinkStatus
from missingcases.links.models import RecordLink

GUARD = "links.link"
TELLING = Actor.system("links.telling")
LASTS = timedelta(hours=12)


def still_concerns(owner_id: int) -> Refusal | None:
    """The guard of every e-mail: one about a question goes while it waits, one about an answer always."""
    if RecordLink.objects.filter(pk=owner_id, status=LinkStatus.WITHDRAWN).exists():
        return Refusal("taken_back", "The question was taken back.")
    return None


def tell_asked(link_id: int) -> None:
    """Another force asks for a link."""
    link = RecordLink.objects.select_related("asking").get(pk=link_id)
    if link.status == LinkStatus.ASKED:
        _write(link, link.asked_id, "asked", "Another force asks for a link", link.asking.name)


def tell_answered(link_id: int) -> None:
    """The other force answered."""
    link = RecordLink.objects.select_related("asked").get(pk=link_id)
    _write(link, link.asking_id, "answered", "Another force has answered", link.asked.name)


def _write(link: RecordLink, organisation_id: int, kind: str, subject: str, force: str) -> None:
    page = {
        "force": force,
        "is_question": kind == "asked",
        "link": f"{settings.STAFF_BASE_URL}/links/{link.reference}/",
    }
    for person in selectors.people_to_tell(organisation_id):
        messaging.queue_message(
            actor=TELLING,
            channel="email",
            lane="normal",
            to=person.email,
            subject=f"{settings.PRODUCT_NAME}: {subject}",
            body=render_to_string("links/mail/notice.txt", page),
            service="missingcases",
            owner=(RecordLink._meta.label, link.pk),
            guard=GUARD,
            organisation_id=organisation_id,
            valid_until=timezone.now() + LASTS,
            dedupe_key=f"links.link:{link.pk}:{kind}:{person.pk}",
        )
