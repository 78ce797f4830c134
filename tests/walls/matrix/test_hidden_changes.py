"""What one side does in confidence moves nothing at the other: no tag, cursor, desk, webhook or message."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from families.helpline import services as helpline
from families.models import FamilyMember, SupportCase
from families.services import contacts, members
from families.services.contacts import Heard
from foundation.accounts.models import Organisation, User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from foundation.messaging.models import Message
from missingcases import services as cases
from missingcases.desk.models import Notice
from missingcases.hooks.enums import CHOICES
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.models import Incident
from tests.walls.matrix import attempts, walking
from tests.walls.matrix.knowing import may_know
from tests.walls.matrix.known import KNOWN_TO
from textsafe.models import Conversation
from textsafe.services import conversations

pytestmark = pytest.mark.xdist_group("settling")
LISTS = ("/api/v1/incidents", "/api/v1/changes", "/api/v1/releases", "/api/v1/intelligence")
PAGES = ("/", "/incidents/", "/desk/list/", "/releases/")


def acting(email: str) -> Actor:
    user = User.objects.get(email=email)
    return actor_for(user, organisation_id=user.memberships.all()[0].organisation_id, source="test")


def in_confidence(incident: Incident) -> None:
    """What the charity does about this incident and the police are not to know."""
    worker = acting("caseworker@charity.example")
    case, now = SupportCase.objects.get(), timezone.now()
    member = FamilyMember.objects.filter(case=case).order_by("pk")[0]
    heard = Heard("She rang her sister", risk="concern", risk_words="Afraid")
    contacts.log_contact(
        actor=worker,
        case_id=case.pk,
        member_id=member.pk,
        channel="call",
        direction="in",
        started_at=now,
        ended_at=now,
        heard=heard,
        form_token=uuid4(),
    )
    members.set_code_word(actor=worker, member_id=member.pk, word="heron")
    talk = Conversation.objects.get()
    conversations.add_note(actor=worker, conversation_id=talk.pk, text="She is in a flat")
    contact = helpline.begin_contact(
        actor=worker, channel="call", caller="missing_person", form_token=uuid4(), name="She"
    )
    helpline.link_contact(
        actor=worker,
        contact_id=contact.pk,
        reference=incident.reference,
        ground="serious_harm",
        reason="She said so",
    )


def by_the_force(incident: Incident) -> None:
    """What the owner force does on its record and neither the charity nor another force is to know."""
    officer = acting("officer@met.example")
    cases.add_note(actor=officer, incident_id=incident.pk, text="Seen by a source", audience="owner")
    cases.set_flag(actor=officer, incident_id=incident.pk, kind="gang", status="confirmed", source="A doctor")


@pytest.fixture
def hooked(matrix, any_database) -> dict[str, Endpoint]:
    """An address of each side that wants to hear of everything there is."""
    types = [value for value, _ in CHOICES]
    return {
        code: Endpoint.objects.create(
            organisation=Organisation.objects.get(code=code),
            url=f"https://192.0.2.1/{code}",
            types=types,
            secret="whsec_eA==",
        )
        for code in ("metropolitan", "kent", "missing-people")
    }


def told(walk: walking.Walk, paths: tuple[str, ...]) -> dict[str, object]:
    return {path: attempts.comparable(walk.get(path)) for path in paths}


@pytest.mark.parametrize(
    ("viewer", "paths", "act", "deaf"),
    [
        ("api_client@metropolitan", LISTS, in_confidence, "metropolitan"),
        ("police_superintendent@metropolitan", PAGES, in_confidence, "metropolitan"),
        ("api_client@kent", LISTS, in_confidence, "kent"),
        ("api_client@kent", LISTS, by_the_force, "kent"),
        ("police_superintendent@kent", PAGES, by_the_force, "kent"),
        ("local_authority@la-croydon", PAGES, by_the_force, "kent"),
    ],
)
def test_a_hidden_change_moves_nothing(matrix, hooked, viewer, paths, act, deaf) -> None:
    walk, incident = walking.Walk(matrix.viewer(viewer)), matrix.world.filled.incident
    before = told(walk, paths)
    sent = Delivery.objects.filter(endpoint=hooked[deaf]).count()
    notices = Notice.objects.filter(organisation=hooked[deaf].organisation).count()
    queued = Message.objects.filter(organisation=hooked[deaf].organisation).count()
    act(incident)
    assert told(walk, paths) == before
    assert Delivery.objects.filter(endpoint=hooked[deaf]).count() == sent
    assert Notice.objects.filter(organisation=hooked[deaf].organisation).count() == notices
    assert Message.objects.filter(organisation=hooked[deaf].organisation).count() == queued


def test_a_change_that_they_may_know_is_seen_to_move(matrix, hooked) -> None:
    """The comparison itself: the force's own change moves the force's lists and reaches its address."""
    walk, incident = walking.Walk(matrix.viewer("api_client@metropolitan")), matrix.world.filled.incident
    before = told(walk, LISTS)
    cases.grade_missing(
        actor=acting("supervisor@met.example"), incident_id=incident.pk, level="medium", assessment=_grading()
    )
    assert told(walk, LISTS)["/api/v1/incidents"] != before["/api/v1/incidents"]
    assert Delivery.objects.filter(endpoint=hooked["metropolitan"]).exists()
    assert not Delivery.objects.filter(endpoint=hooked["kent"]).exists()


def _grading() -> cases.Assessment:
    return cases.Assessment(
        information="Rang home", given_by="Her sister", given_at=timezone.now(), rationale="She rang"
    )


def test_no_message_or_webhook_holds_words_that_nobody_of_its_side_may_know(matrix, hooked) -> None:
    """Found, returned and told in confidence: whatever goes out is read through for every marker."""
    newest, incident = Message.objects.order_by("-pk")[0].pk, matrix.world.filled.incident
    officer = acting("officer@met.example")
    in_confidence(incident)
    by_the_force(incident)
    cases.record_located(
        actor=officer,
        incident_id=incident.pk,
        located_at=timezone.now(),
        found_by="own_return",
        source="Her mother rang.",
    )
    written = Message.objects.filter(pk__gt=newest).select_related("organisation")
    assert len(written) > 1
    for message in written:
        readers = [one for one in matrix.viewers if one.place == message.organisation.code]
        for marker in walking.markers_in(f"{message.subject}\n{message.body}\n{message.to}"):
            mark = matrix.world.marks.get(marker)
            assert mark is None or any(may_know(KNOWN_TO, one, mark) for one in readers), mark
    assert {row.incident_id for row in Delivery.objects.filter(endpoint=hooked["kent"])} == set()


@pytest.mark.parametrize("code", ["metropolitan", "kent"])
def test_no_system_of_a_force_subscribes_to_what_is_told_in_confidence(matrix, any_database, code) -> None:
    """What can be subscribed to tells of incidents, and each is told of what it could pull."""
    walk = walking.Walk(matrix.viewer(f"administrator@{code}"))
    for kind in ("conversation.replied", "interview.answered", "families.contact", "helpline.contact", "*"):
        sent = {"url": "https://192.0.2.1/new", "types": [kind]}
        answer = walk.client.post("/administration/webhooks/add/", sent)
        assert answer.status_code in {200, 404}, answer.status_code
    assert not Endpoint.objects.filter(url="https://192.0.2.1/new").exists()
