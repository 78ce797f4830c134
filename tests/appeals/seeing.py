"""Sightings as the public sends them, and whom we write to of them."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import time_machine
from django.utils import timezone

from appeals.enums import SubmissionKind
from appeals.models import Appeal, Sighting, Submission
from appeals.references import sighting_reference
from appeals.services import calling, read_submissions
from foundation.messaging.models import Message
from missingcases.models import Incident

SEEN = "Sat on the stairs of the library, alone, in a green hat."


def sent(appeal: Appeal, **given: object) -> Sighting:
    """One sighting as somebody sends it from the page, read."""
    told = {
        "reference": "",
        "kind": SubmissionKind.SIGHTING,
        "certainty": "sure",
        "seen_at": "",
        "area": None,
        "place": "Camden Town station",
        "description": SEEN,
        "with_whom": "",
        "direction": "",
        "vehicle": "",
        "is_anonymous": False,
        "name": "Alex Green",
        "contact": "alex@green.example",
    } | given
    token = told["reference"] = sighting_reference()
    Submission.objects.create(
        token=appeal.token, form_key=uuid4(), body=json.dumps(told), received_at=timezone.now()
    )
    read_submissions()
    return Sighting.objects.get(reference=token)


def at_high_risk(incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(risk_level="high")


def at_routine_risk(incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(risk_level="medium")


def after(**given: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**given), tick=True)


def mailed() -> list[str]:
    """To whom something of sightings went, in the order of the sending."""
    return list(Message.objects.filter(service=calling.SERVICE).order_by("pk").values_list("to", flat=True))
