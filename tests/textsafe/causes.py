"""Every way in which a text does not go out, and every page on which the police could tell them apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit.selectors import visible_to
from foundation.messaging.enums import Channel, MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.services import suppression, switches
from foundation.messaging.types import Settlement
from missingcases.models import Incident
from tests.cast import Member, member
from tests.textsafe.conftest import NUMBER, SAFE_ANSWERS, approve, ask, report
from textsafe.models import Request
from textsafe.services import delivery, screening


@dataclass(frozen=True)
class World:
    """The people of one run."""

    officer: Member
    inspector: Member
    auditor: Member
    caseworker: Member
    manager: Member
    stranger: Member


@dataclass(frozen=True)
class Cause:
    """What is so before the officer asks, and what happens after."""

    before: Callable[[World], Any] = lambda world: None
    after: Callable[[World, Request], Any] = lambda world, request: None


def _opted_out(world: World) -> None:
    system = Actor.system("test")
    suppression.suppress(actor=system, service="textsafe", channel=Channel.SMS, to=NUMBER, cause="stop")


def _texted_by_another_force(world: World) -> None:
    theirs = ask(report(world.stranger.actor), world.stranger.actor)
    Request.objects.filter(pk=theirs.pk).update(status="sent", sent_at=timezone.now())


def _refused(world: World, request: Request) -> None:
    if _waits(request):
        screening.refuse_request(
            actor=world.caseworker.actor, request_id=request.pk, code="unsafe", reason="He has the phone."
        )


def _waits(request: Request) -> bool:
    request.refresh_from_db()
    return request.status == "requested"


def _let_go(world: World, request: Request) -> None:
    if _waits(request):
        approve(request, world.caseworker.actor)
    request.refresh_from_db()


def _ended(status: MessageStatus, *, claimed: bool) -> Callable[[World, Request], None]:
    def end(world: World, request: Request) -> None:
        _let_go(world, request)
        if claimed:
            assert delivery.check_request(request.pk) is None
        told = Settlement(request.message_id, "textsafe.Request", request.pk, status, timezone.now())
        delivery.settle([told])

    return end


def _stopped_by_guard(world: World, request: Request) -> None:
    """They said STOP between the approval and the claim."""
    _let_go(world, request)
    _opted_out(world)
    assert delivery.check_request(request.pk) is not None
    cancelled = MessageStatus.CANCELLED
    delivery.settle(
        [Settlement(request.message_id, "textsafe.Request", request.pk, cancelled, timezone.now())]
    )


CAUSES: dict[str, Cause] = {
    "nobody screens it": Cause(),
    "refused by the charity": Cause(after=_refused),
    "opted out long ago": Cause(before=_opted_out),
    "opted out long ago, and refused": Cause(before=_opted_out, after=_refused),
    "opted out while it was on its way": Cause(after=_stopped_by_guard),
    "texted by another force": Cause(before=_texted_by_another_force),
    "capped": Cause(after=_ended(MessageStatus.SUPPRESSED, claimed=False)),
    "suppressed by the provider": Cause(after=_ended(MessageStatus.SUPPRESSED, claimed=True)),
    "failed at the provider": Cause(after=_ended(MessageStatus.FAILED, claimed=True)),
    "stopped by the switch": Cause(
        before=lambda world: switches.stop(actor=world.manager.actor, service="textsafe", reason="A test."),
        after=_let_go,
    ),
}


def people(met: Organisation, kent: Organisation, charity: Organisation) -> World:
    """The cast of one run."""
    assert charity.kind == OrganisationKind.CHARITY
    return World(
        officer=member("officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER),
        inspector=member("inspector@met.example", "Kwame Boateng", met, Role.POLICE_INSPECTOR),
        auditor=member("auditor@met.example", "Noor Aziz", met, Role.AUDITOR),
        caseworker=member("caseworker@charity.example", "Maya Lindqvist", charity, Role.CHARITY_CASEWORKER),
        manager=member("manager@charity.example", "Grace Adeyemi", charity, Role.CHARITY_MANAGER),
        stranger=member("officer@kent.example", "Neil Hargreaves", kent, Role.POLICE_OFFICER),
    )


def addresses(incident: Incident, request: Request) -> dict[str, list[str]]:
    """Every page of the police side that has to do with an incident and its text, by who reads it."""
    one, text = f"/incidents/{incident.reference}/", f"/textsafe/requests/{request.reference}/"
    return {
        "officer": [
            "/",
            "/incidents/",
            one,
            *(f"{one}{tab}/" for tab in ("services", "timeline", "releases")),
            text,
            f"{text}withdraw/",
            f"/textsafe/incidents/{incident.reference}/ask/",
            f"/textsafe/screening/{request.reference}/",
        ],
        "inspector": ["/textsafe/automatic/own/", "/textsafe/figures/"],
    }


def all_that_the_force_can_read(world: World, incident: Incident, request: Request) -> dict[str, Any]:
    """Each page's status, headers and bytes, and what its auditor finds; random marks taken out."""
    found: dict[str, Any] = {}
    for role, pages in addresses(incident, request).items():
        client = getattr(world, role).sign_in(Client())
        for page in pages:
            found[f"{role} {page}"] = _bytes(client.get(page))
    reader = world.officer.sign_in(Client())
    found["poll"] = _bytes(reader.get(pages_of(request), headers={"X-Harbour-Poll": "1"}))
    found["trail"] = _trail(world)
    return {_plain(key, incident, request): _plain(value, incident, request) for key, value in found.items()}


def all_that_systems_are_told(incident: Incident, request: Request) -> str:
    """Every webhook that the force's systems get, as it is kept to be sent."""
    rows = Message.objects.filter(service="webhooks").order_by("pk")
    told = rows.values_list("lane", "status", "body", "created_at", "valid_until")
    return _plain(str(list(told)), incident, request)


def pages_of(request: Request) -> str:
    """The officer's page of a request."""
    return f"/textsafe/requests/{request.reference}/"


def ask_again(world: World, incident: Incident, request: Request) -> str:
    """What the page says when the officer asks once more for the same number."""
    client = world.officer.sign_in(Client())
    answer = client.post(
        f"/textsafe/incidents/{incident.reference}/ask/",
        {"form_token": uuid4(), "phone": "another", "number": NUMBER, "language": "en", **SAFE_ANSWERS},
        follow=True,
    )
    return _plain(_bytes(answer), incident, request)


def _bytes(answer: Any) -> str:
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
    return f"{answer.status_code}\n{sorted(kept.items())}\n{answer.content.decode()}"


def _trail(world: World) -> str:
    names = ("action", "user_id", "target", "fields", "from_state", "to_state", "outside_own_work")
    return str(list(visible_to(world.auditor.actor).order_by("pk").values_list(*names)))


_RANDOM = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": |nonce=|content=)"[^"]{20,}"'), r"\1"),
    (re.compile(r"&quot;x-csrftoken&quot;: &quot;\w+&quot;", re.I), ""),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "(uuid)"),
    (re.compile(r"\b([A-Z]{2})-[0-9A-HJKMNP-TV-Z]{8}\b"), r"(\1)"),
    (re.compile(r"\bid_[a-z]+_\d+"), "(id)"),
)


def _plain(text: str, incident: Incident, request: Request) -> str:
    text = text.replace(incident.reference, "(incident)").replace(request.reference, "(request)")
    for pattern, instead in _RANDOM:
        text = pattern.sub(instead, text)
    return text
