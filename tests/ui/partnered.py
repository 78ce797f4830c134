"""Alerts that came in from the national system, and partners' systems, as their pages show them."""

from __future__ import annotations

import json

from django.db import transaction
from django.test import override_settings

from alerts.cap import services
from alerts.cap.enums import CapStatus, MsgType
from alerts.cap.models import CapMessage, CapProposal, PushTarget
from alerts.cap.xml.documents import Place, Reference
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from tests.alerts.cap.making import NATIONAL, incoming, pair


def received_and_sent(officer: Actor) -> None:
    """One that came in at each step, one that is no alert; a partner that is on and one off."""
    senders = json.dumps({NATIONAL: [pair("national").certificate]})
    with override_settings(CAP_SENDERS=senders):
        for number, changes in enumerate(
            ({}, {"status": CapStatus.EXERCISE}, {}, {}, {"status": CapStatus.TEST})
        ):
            _receive(f"NCA-{number}", **changes)
        first = CapMessage.objects.get(identifier="NCA-2")
        refers = (Reference(first.sender, first.identifier, first.sent),)
        _receive("NCA-9", msg_type=MsgType.CANCEL, references=refers)
    met = Organisation.objects.get(code="metropolitan")
    CapProposal.objects.update(force_ids=[met.pk])
    dismissed = CapProposal.objects.get(message__identifier="NCA-3")
    services.dismiss(actor=officer, proposal_id=dismissed.pk, reason="A drill of theirs.")
    given = {"secret": "whsec_eA==", "created_by": None}
    PushTarget.objects.create(name="A broadcaster", url="https://192.0.2.1/cap", **given)
    PushTarget.objects.create(name="A gateway", url="https://192.0.2.2/cap", status="off", **given)


def _receive(identifier: str, **changes: object) -> None:
    data = incoming(identifier=identifier, places=(Place("Lambeth", "E09000022"),), **changes)
    with transaction.atomic():  # read before the running product can see it, which knows no such sender
        services.keep_call(body=data.decode())
        services.read_arrivals()
