"""What makes one row of each list whose questions are counted, and gives words that the page then shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.models import Owed, OwedStatus
from foundation.messaging import services as messaging
from foundation.messaging.switchboard import ALWAYS
from missingcases import services as cases
from missingcases.hooks import services as hooks
from missingcases.hooks.models import Endpoint
from missingcases.links import services as links
from missingcases.matching.models import LikelyPair
from missingcases.models import Incident
from missingcases.services.timeline import add_timeline_entry
from tests.cast import Member, member
from tests.missingcases_pages import world
from tests.textsafe.conftest import SAFE_ANSWERS, ask
from textsafe.enums import ConversationStatus, Direction
from textsafe.models import Conversation, ConversationMessage, Request, TriageItem

# A weekday afternoon: no quiet hours, no month's end in between.
NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
SYSTEM = Actor.system("test")


@dataclass(frozen=True)
class Cast:
    """Who makes the rows."""

    officer: Member
    supervisor: Member
    caseworker: Member
    administrator: Member
    met_administrator: Member
    auditor: Member


def number(index: int) -> str:
    return f"+4477009001{index:02}"


def an_incident(cast: Cast, index: int) -> str:
    incident = world.graded(world.reported(cast.officer.actor), cast.supervisor.actor)
    return incident.reference


def one_incident(cast: Cast) -> Incident:
    return Incident.objects.order_by("pk").first() or world.graded(
        world.reported(cast.officer.actor), cast.supervisor.actor
    )


def an_action(cast: Cast, index: int) -> str:
    title = f"Ask the bus company, {index}."
    incident = one_incident(cast)
    cases.add_action(
        actor=cast.officer.actor,
        incident_id=incident.pk,
        title=title,
        owner_id=cast.officer.organisation.pk,
        due_at=timezone.now() + timedelta(hours=1),
    )
    return title


def a_note(cast: Cast, index: int) -> str:
    words = f"Seen at the harbour, {index}."
    cases.add_note(
        actor=cast.officer.actor, incident_id=one_incident(cast).pk, text=words, audience="everyone"
    )
    return words


def a_happening(cast: Cast, index: int) -> str:
    words = f"Something happened, {index}"
    add_timeline_entry(
        incident_id=one_incident(cast).pk,
        kind="note.added",
        actor=cast.officer.actor,
        audience="everyone",
        summary=words,
    )
    return words


def a_request_to_screen(cast: Cast, index: int) -> str:
    incident = world.graded(world.reported(cast.officer.actor), cast.supervisor.actor, "low")
    answers = {**SAFE_ANSWERS, "verified": "no"}
    row = ask(incident, cast.officer.actor, number=number(index), answers=answers)
    return Request.objects.get(pk=row.pk).reference


def a_conversation(cast: Cast, index: int) -> str:
    row = Conversation.objects.create(
        charity=cast.caseworker.organisation,
        number=number(index),
        number_key=f"key-{index}",
        status=ConversationStatus.CLAIMED,
        claimed_by=cast.caseworker.user,
        claimed_at=NOW,
        opened_at=NOW,
        last_in_at=NOW,
        reply_due_at=NOW + timedelta(minutes=index),
    )
    ConversationMessage.objects.create(conversation=row, direction=Direction.IN, text="hello", at=NOW)
    return row.reference


def an_unknown_number(cast: Cast, index: int) -> str:
    row = TriageItem.objects.create(
        charity=cast.caseworker.organisation,
        number=number(index),
        number_key=f"key-{index}",
        text=f"who is this, {index}",
        inbound_id=index + 1,
        received_at=NOW,
        look_by=NOW + timedelta(hours=1),
    )
    return row.reference


def a_message(cast: Cast, index: int) -> str:
    row = messaging.queue_message(
        actor=SYSTEM,
        channel="email",
        lane="normal",
        to=f"somebody{index}@charity.example",
        subject="News",
        body="News",
        service="accounts",
        owner=("accounts.User", cast.administrator.user.pk),
        guard=ALWAYS,
        organisation_id=cast.administrator.organisation.pk,
        valid_until=NOW + timedelta(hours=2),
        dedupe_key=f"test:{index}",
    )
    return row.reference


def an_audit_entry(cast: Cast, index: int) -> str:
    colleague = a_colleague_of(cast.auditor, index)
    audit.record(actor=colleague.actor, action="incident.read", target=one_incident(cast), reason="Asked to.")
    return colleague.user.full_name


def a_colleague_of(somebody: Member, index: int) -> Member:
    place = somebody.organisation
    roles = (Role.AUDITOR, Role.ADMINISTRATOR)
    return member(f"colleague{index}@{place.code}.example", f"Colleague Number{index}", place, *roles)


def a_colleague(cast: Cast, index: int) -> str:
    return a_colleague_of(cast.met_administrator, index).user.full_name


def a_debt(cast: Cast, index: int) -> str:
    Owed.objects.create(
        event="missingcases.IncidentReported",
        payload={"incident_id": one_incident(cast).pk},
        subscriber="textsafe.subscribers.consider_reported",
        status=OwedStatus.STUCK,
        attempts=9,
        due_at=NOW - timedelta(hours=index + 1),
        error_kind=f"Broken{index}Error",
    )
    return f"Broken{index}Error"


def a_webhook(cast: Cast, index: int) -> str:
    place = cast.met_administrator.organisation
    given = {"organisation": place, "url": "https://192.0.2.1/", "types": ["test"], "secret": "whsec_eA=="}
    endpoint, _ = Endpoint.objects.get_or_create(reference="WH-TEST", defaults=given)
    row = hooks.send_test(actor=cast.met_administrator.actor, endpoint_id=endpoint.pk)
    return row.reference


def a_likely_pair(cast: Cast, index: int) -> str:
    first, second = (world.reported(cast.officer.actor).person for _ in range(2))
    LikelyPair.objects.create(
        organisation=cast.officer.organisation, first=first, second=second, score=30, reasons=["same_name"]
    )
    return second.reference


def a_link(cast: Cast, index: int) -> str:
    incident = world.reported(cast.officer.actor)
    essex = Organisation.objects.get(code="essex")
    links.ask_link(actor=cast.supervisor.actor, incident_id=incident.pk, organisation_id=essex.pk)
    return incident.reference
