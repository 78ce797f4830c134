"""Bringing appeals to where a test begins, by the same verbs people use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from appeals import services
from appeals.enums import Channel
from appeals.models import Appeal, Outlet
from foundation.actors import Actor
from foundation.places.models import Area, AreaKind
from missingcases.models import Incident
from tests.missingcases.making import missing, report

DESCRIPTION = "Robin is 5 feet 4 and has short brown hair."


def area(name: str = "Camden", code: str = "E09000007", kind: str = AreaKind.BOROUGH) -> Area:
    """One area of the tree."""
    found, _ = Area.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, "gss_code": code})
    return found


def details(**given: Any) -> services.ContentDetails:
    """A complete version in English."""
    words = {name: given.pop(name) for name in ("headline", "description", "clothing") if name in given}
    values = {
        "first_name": "Robin",
        "surname": "Moor",
        "age": 46,
        "missing_since": given.pop("missing_since", timezone.localdate() - timedelta(days=2)),
        "area_id": given.pop("area_id", None) or area().pk,
        "wordings": given.pop("wordings", None)
        or (
            services.Words(
                **{"headline": "Have you seen Robin?", "description": DESCRIPTION, "clothing": "A red coat."}
                | words
            ),
        ),
    }
    return services.ContentDetails(**values | given)


def open_incident(officer: Actor, supervisor: Actor, **given: Any) -> Incident:
    """A missing adult of 46, unless told otherwise."""
    values = {"given_names": "Robin", "family_name": "Moor", "date_of_birth": date(1980, 5, 17)} | given
    return missing(supervisor, report(officer, **values))


def asked(officer: Actor, incident: Incident, **given: Any) -> Appeal:
    """Asked for by an officer."""
    content = given.pop("content", None) or details()
    values = {
        "form_token": uuid4(),
        "kind": "standard",
        "reason": "No lead so far; the public may know.",
        "police_view": "We support publicity.",
        "area_ids": [content.area_id],
    }
    return services.ask_for_appeal(actor=officer, incident_id=incident.pk, content=content, **values | given)


def checked(publicity: Actor, appeal: Appeal, **given: Any) -> Appeal:
    """Taken up by the charity, risk checked."""
    services.take_up(actor=publicity, appeal_id=appeal.pk)
    values = {
        "words": "No risk known.",
        "balance": "The public may help; nothing speaks against it.",
        "no_publicity": (),
    }
    return services.check_risk(actor=publicity, appeal_id=appeal.pk, **values | given)


def consented(actor: Actor, appeal: Appeal, **given: Any) -> None:
    """The next of kin said yes."""
    values = {
        "by": "family",
        "status": "given",
        "name": "Jo Moor",
        "how": "telephone",
        "covers_photo": True,
        "covers_surname": True,
    }
    services.record_consent(
        actor=actor, appeal_id=appeal.pk, details=services.ConsentDetails(**values | given)
    )


def authorised(supervisor: Actor, appeal: Appeal) -> Appeal:
    """Authorised by police, in its newest version."""
    return services.authorise(
        actor=supervisor, appeal_id=appeal.pk, content_number=appeal.contents.latest("number").number
    )


def tomorrow() -> datetime:
    """A time to publish at."""
    return timezone.now() + timedelta(days=1)


def outlet(channel: str = Channel.WEBSITE, name: str = "", **given: Any) -> Outlet:
    """An outlet that reaches everybody; our website is there from the first day."""
    if channel == Channel.WEBSITE and not name:
        return Outlet.objects.get(channel=channel)
    return Outlet.objects.create(channel=channel, name=name or f"{channel} {uuid4().hex[:6]}", **given)
