"""A family member of the charity's, whose relative was found, and who can be texted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from families.models import FamilyMember
from families.services import cases, points
from families.voice import family_voice
from missingcases.models import Incident
from missingcases.voice import links, services
from missingcases.voice.models import Invitation
from missingcases.voice.public import keys
from missingcases.voice.sources import Asked
from tests.cast import Member
from tests.families.conftest import MOTHERS, add, share
from tests.missingcases_pages import world
from textsafe.models import Conversation


@pytest.fixture
def incident(charity, met_officer, met_supervisor) -> Incident:
    """Of the Met; the child was found, and the charity was told of it."""
    found = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    share(found, met_officer, charity)
    return world.located(found, met_officer.actor)


@pytest.fixture
def mother(incident, family_worker) -> FamilyMember:
    """Supported since before, with a mobile that is safe."""
    case = cases.open_case(
        actor=family_worker.actor,
        details=cases.CaseDetails(about="Their daughter Alex"),
        incident_reference=incident.reference,
    )
    found = add(case, family_worker, "Ngozi Bright")
    points.add_point(
        actor=family_worker.actor, member_id=found.pk, kind="sms", value=MOTHERS, is_preferred=True
    )
    return found


def asked_of(who: Member, member: FamilyMember) -> Asked:
    """What family support says of her now."""
    found = family_voice.find(who.actor, member.reference)
    assert found is not None
    return found


def said_yes(who: Member, member: FamilyMember, **given: Any) -> Invitation:
    """She said yes on the telephone."""
    known: dict[str, Any] = {"respondent": "family", "asked_in": "call", "said_yes": True}
    return services.ask(actor=who.actor, asked=asked_of(who, member), **(known | given))


@pytest.fixture
def invitation(mother, family_worker) -> Invitation:
    """She said yes, and has no link yet."""
    return said_yes(family_worker, mother)


def stranger(who: Member, respondent: str = "adult", **given: Any) -> Invitation:
    """Somebody of no incident that we know of, who said yes."""
    asked = Asked(
        source="helpline.HelplineContact",
        source_id=uuid4().int % 2**62,
        words="Contact",
        url="/helpline/",
        service="helpline",
        respondents=("adult", "child", "family"),
    )
    known: dict[str, Any] = {"asked_in": "call", "said_yes": True}
    return services.ask(actor=who.actor, asked=asked, respondent=respondent, **(known | given))


def answered(
    who: Member, answers: dict[str, str], respondent: str = "adult", words: str = "", **given: Any
) -> None:
    """They said yes and answered aloud."""
    row = stranger(who, respondent, **given)
    services.answer_for_them(actor=who.actor, invitation_id=row.pk, answers=answers, words=words)


def link_of(who: Member, invitation: Invitation) -> str:
    """The token of a link that was shown."""
    _, address = services.show_link(actor=who.actor, invitation_id=invitation.pk)
    return address.rstrip("/").rpartition("/")[2]


def page_of(token: str) -> str:
    """Its page on the public site."""
    return f"{links.HERE}{token}/"


@pytest.fixture
def key() -> str:
    """Of a form that was shown a minute ago."""
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        return keys.new_key()


def talk_of(who: Member) -> Conversation:
    """Somebody wrote to TextSafe."""
    now = timezone.now()
    return Conversation.objects.create(
        charity=who.organisation,
        number="+447700900321",
        number_key="one",
        language="pl",
        opened_at=now,
        last_in_at=now,
    )
