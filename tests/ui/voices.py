"""Whoever agreed to be asked how it was, as the charity's pages show it, and what somebody wrote."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from families.helpline import services as helpline
from families.helpline.voice import contact_voice
from foundation.actors import Actor
from missingcases.voice import services as voice
from missingcases.voice.models import Answer, Invitation


def asked_how_it_was(worker: Actor) -> None:
    """One who has just said yes, one who has the link, and words of a month that is over."""
    _said_yes(worker)
    shown = _said_yes(worker)
    voice.show_link(actor=worker, invitation_id=shown.pk)
    Answer.objects.create(
        charity_id=worker.organisation_id,
        respondent="adult",
        service="helpline",
        month=date(2026, 1, 1),
        questions=1,
        answers={"listened": "yes"},
        words="Somebody listened to me.",
    )


def _said_yes(worker: Actor) -> Invitation:
    told = {"channel": "call", "caller": "missing_person", "notes": "Warm again.", "form_token": uuid4()}
    asked = contact_voice.find(worker, helpline.begin_contact(actor=worker, **told).reference)
    assert asked is not None
    return voice.ask(actor=worker, asked=asked, respondent="adult", asked_in="call", said_yes=True)
