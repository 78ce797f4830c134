"""E-mail to a media partner: the appeal, and later that it is to be taken down, with a link to confirm it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from appeals.addresses import confirm_address
from appeals.channels.base import Job
from foundation.messaging.gateways.base import Enclosed, EnclosedPicture


class Letter(NamedTuple):
    """What one e-mail says. A subject names nobody: it is read on locked telephones."""

    subject: str
    body: str


def publication(job: Job) -> Letter:
    """The appeal, its embargo if it has one, and that it will have to be taken down when we say so."""
    page = _page(job, has_picture=bool(job.picture_place))
    shown = page["shown"]
    subject = f"{'CHILD RESCUE ALERT' if shown.is_alert else 'Missing person appeal'} {shown.reference}"
    if page["embargo"] is not None:
        subject = f"Under embargo: {subject}"
    return Letter(subject, _text("appeals/mail/published.txt", page))


def enclosed(job: Job, picture: EnclosedPicture | None) -> Enclosed:
    """The same as HTML, with its picture. Made as the e-mail leaves: a picture waits in no queue."""
    page = _page(job, has_picture=picture is not None) | {"picture": picture}
    return Enclosed(render_to_string("appeals/mail/published.html", page), (picture,) if picture else ())


def _page(job: Job, *, has_picture: bool) -> dict[str, Any]:
    until = job.embargo_until
    return {
        "shown": job.published,
        "page": job.page,
        "embargo": until if until and until > timezone.now() else None,
        "has_picture": has_picture,
        "product": settings.PRODUCT_NAME,
        "placement": job.reference,
        "is_back": bool(job.replaces),
    }


def withdrawal(job: Job) -> Letter:
    """That it is to be taken down. The words are the same whatever the cause, and say no more of anybody."""
    page = {
        "reference": job.appeal_reference,
        "placement": job.reference,
        "page": job.page,
        "confirm": confirm_address(job.reference),
    }
    again = "Reminder: take" if job.turn > 1 else "Take"
    return Letter(f"{again} down appeal {job.appeal_reference}", _text("appeals/mail/withdrawn.txt", page))


def _text(template: str, page: dict[str, Any]) -> str:
    """Plain text. What a template made counts as safe markup, which text with somebody's words is not."""
    return "".join([render_to_string(template, page)])
