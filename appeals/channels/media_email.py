"""E-mail to a media partner: the appeal, and later that it is to be taken down, with a link to confirm it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from appeals.addresses import confirm_address
from appeals.channels.base import Job


class Letter(NamedTuple):
    """What one e-mail says. A subject names nobody: it is read on locked telephones."""

    subject: str
    body: str


def publication(job: Job) -> Letter:
    """The appeal, its embargo if it has one, and that it will have to be taken down when we say so."""
    shown = job.published
    until = job.embargo_until if job.embargo_until and job.embargo_until > timezone.now() else None
    page = {
        "shown": shown,
        "page": job.page,
        "embargo": until,
        "product": settings.PRODUCT_NAME,
        "placement": job.reference,
        "is_back": bool(job.replaces),
    }
    subject = f"Missing person appeal {shown.reference}"
    if until is not None:
        subject = f"Under embargo: {subject}"
    return Letter(subject, render_to_string("appeals/mail/published.txt", page))


def withdrawal(job: Job) -> Letter:
    """That it is to be taken down. The words are the same whatever the cause, and say no more of anybody."""
    page = {
        "reference": job.appeal_reference,
        "placement": job.reference,
        "page": job.page,
        "confirm": confirm_address(job.reference),
    }
    again = "Reminder: take" if job.turn > 1 else "Take"
    return Letter(
        f"{again} down appeal {job.appeal_reference}", render_to_string("appeals/mail/withdrawn.txt", page)
    )
