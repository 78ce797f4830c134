"""What happened to some of the demonstration's incidents beside the usual: data and small steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from missingcases import services
from missingcases.enums import Audience
from missingcases.models import Transfer

if TYPE_CHECKING:
    from missingcases.demo.building import History

DESCRIBED: dict[str, dict[str, object]] = {
    "leah": {
        "height_cm": 160,
        "build": "Slim",
        "hair": "Brown, in two plaits",
        "eyes": "Brown",
        "marks": "Small scar above the left eyebrow",
    },
    "doris": {
        "height_cm": 152,
        "build": "Slight",
        "hair": "White, short",
        "eyes": "Blue",
        "glasses": "yes",
        "marks": "None known",
    },
    "tom": {
        "height_cm": 171,
        "build": "Athletic",
        "hair": "Fair, short",
        "eyes": "Green",
        "marks": "Braces on his teeth",
    },
}


def _restrict(history: History) -> None:
    services.restrict_to(
        actor=history.actor("met.inspector"),
        incident_id=history.incidents["priya"],
        user_ids=[history.actor(who).user_id or 0 for who in ("met.supervisor", "met.superintendent")],
        reason="Relatives may have a contact inside the service.",
    )


def _long_term(history: History, key: str) -> None:
    services.make_long_term(
        actor=history.actor("met.superintendent"),
        incident_id=history.incidents[key],
        reason="All proportionate enquiries are done; long-term reviews go on.",
    )


def _offer(history: History, key: str, sender: str, to: str, why: str) -> None:
    services.offer_transfer(
        actor=history.actor(sender),
        incident_id=history.incidents[key],
        to_organisation_id=history.organisations[to],
        reason=why,
    )


def _accept(history: History) -> None:
    offer = Transfer.objects.filter(incident_id=history.incidents["ruby"]).latest("pk")
    services.accept_transfer(actor=history.actor("met.supervisor"), transfer_id=offer.pk)


def _task(history: History, key: str, who: str, owner: str, title: str, hours: float) -> None:
    services.add_action(
        actor=history.actor(who),
        incident_id=history.incidents[key],
        title=title,
        owner_id=history.organisations[owner],
        due_at=timezone.now() + timedelta(hours=hours),
    )


def _significant(history: History) -> None:
    services.add_note(
        actor=history.actor("met.officer"),
        incident_id=history.incidents["marlon"],
        text="Seen by a shopkeeper in Brixton with two older men; one had hold of his bag.",
        audience=Audience.AUTHORITY,
        is_significant=True,
    )


def _cancel(history: History) -> None:
    services.cancel_incident(
        actor=history.actor("kent.supervisor"),
        incident_id=history.incidents["sean"],
        cause="not_missing",
        reason="On leave by arrangement; his sister had not been told.",
    )


def _reopen(history: History) -> None:
    services.reopen_incident(
        actor=history.actor("met.supervisor"),
        incident_id=history.incidents["past0"],
        reason="The interview was with the brother, not with the person.",
    )


def _raised(history: History) -> None:
    services.grade_missing(
        actor=history.actor("met.supervisor"),
        incident_id=history.incidents["shanice"],
        level="high",
        assessment=services.Assessment(
            information="The boyfriend gave her friend a false name and age.",
            given_by="Friend of Shanice",
            rationale="An unknown adult with a false name; likely exploitation.",
        ),
    )


# Hours before now, and what happened then.
SPECIAL: tuple[tuple[float, Callable[[History], object]], ...] = (
    (2100.0, partial(_long_term, key="arthur")),
    (1500.0, partial(_long_term, key="rhona")),
    (29.0, _restrict),
    (
        33.0,
        partial(
            _offer,
            key="ruby",
            sender="essex.inspector",
            to="metropolitan",
            why="She lives in Lambeth in the week and her phone is there.",
        ),
    ),
    (31.5, _accept),
    (
        3.0,
        partial(
            _offer,
            key="lotte",
            sender="kent.supervisor",
            to="metropolitan",
            why="Seen at London Bridge at 11:20; every enquiry now is in London.",
        ),
    ),
    (
        26.0,
        partial(
            _task,
            key="marlon",
            who="met.officer",
            owner="la-lambeth",
            title="Send the placement plan and the list of known addresses",
            hours=8,
        ),
    ),
    (
        4.0,
        partial(
            _task,
            key="leah",
            who="met.officer",
            owner="la-lambeth",
            title="Call a strategy meeting today",
            hours=9,
        ),
    ),
    (
        6.0,
        partial(
            _task,
            key="tom",
            who="met.supervisor",
            owner="metropolitan",
            title="Visit his grandmother in Deptford",
            hours=3,
        ),
    ),
    (
        18.0,
        partial(
            _task,
            key="viktor",
            who="met.officer",
            owner="metropolitan",
            title="Ask the night shelters in Brent",
            hours=30,
        ),
    ),
    (2.0, _significant),
    (20.0, _cancel),
    (30.0, _reopen),
    (16.0, _raised),
)
