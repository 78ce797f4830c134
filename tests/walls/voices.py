"""Somebody who agreed to be asked how it was, and what another wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from families.helpline.voice import contact_voice
from missingcases.voice import services as voice
from missingcases.voice.models import Answer
from tests.cast import Member


def said_how_it_was(contact: str, caseworker: Member, words: str) -> dict[str, str]:
    """The arguments of the pages by the argument's name; `ask` has the contact that they are asked from."""
    asked = contact_voice.find(caseworker.actor, contact)
    assert asked is not None
    # The incident is open in this world, and an invitation of it would be refused.
    row = voice.ask(
        actor=caseworker.actor,
        asked=replace(asked, incident_id=None, source_id=0),
        respondent="adult",
        asked_in="call",
        said_yes=True,
    )
    written = Answer.objects.create(
        charity=caseworker.organisation,
        respondent="adult",
        service="helpline",
        month=date(2026, 1, 1),
        questions=1,
        answers={"safe": "yes"},
        words=words,
    )
    return {"invitation": row.reference, "ask": contact, "kind": "contact", "number": str(written.pk)}
