"""What family support adds to pages that read across services, and that it adds nothing for the others."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from families import contributions, keeping
from families.handover import services as handovers
from families.handover.lines import open_between
from families.handover.selectors import both
from families.models import ContactRecord, SupportCase
from families.selectors.cases import cases_visible_to
from families.services import cases, contacts, following, planning, tasks
from families.services.contacts import Heard
from families.services.reading import record_case_read, record_member_read
from foundation.audit.models import AuditEvent
from missingcases.breakglass import services as breakglass
from missingcases.messages_home import services as messages_home
from tests.families.conftest import share
from tests.textsafe.conftest import report

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(case, incident, family_worker, met_officer, charity) -> SupportCase:
    share(incident, met_officer, charity)
    return cases.link_incident(
        actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference
    )


@pytest.fixture
def busy(linked, mother, family_worker) -> SupportCase:
    """Something of everything that waits."""
    given = {"actor": family_worker.actor, "case_id": linked.pk, "member_id": mother.pk}
    heard = Heard(
        "She cries.", risk="at_risk", risk_words="Alone.", call_back_at=timezone.now() + timedelta(hours=2)
    )
    contacts.log_contact(
        **given, channel="call", direction="in", started_at=timezone.now(), ended_at=timezone.now(),
        heard=heard, form_token=uuid4(),
    )  # fmt: skip
    ContactRecord.objects.create(
        case=linked, member=mother, channel="text", direction="in", started_at=timezone.now(), inbound_id=1,
        ended_at=timezone.now(), words="hello",
    )  # fmt: skip
    planning.begin_plan(actor=family_worker.actor, member_id=mother.pk)
    messages_home.take_message(
        actor=family_worker.actor, for_whom="mum", words="I am well.", consent=True, disclose_location="no",
        source="families.SupportCase", source_id=linked.pk,
    )  # fmt: skip
    return linked


def test_a_worker_finds_all_that_waits_in_my_work(clock, busy, incident, family_worker) -> None:
    clock.shift(timedelta(hours=1))
    queue = contributions.family_work(family_worker.actor)
    words = [item.words.split(",")[0].split(" MH-")[0] for item in queue.items]
    assert sorted(words) == ["A relative wrote", "Follow-up", "Pass on message", "Promised call",
                             "Risk to look after"]  # fmt: skip
    following.pause_for_stopped(incident_id=incident.pk, at=timezone.now())
    words = [item.words for item in contributions.family_work(family_worker.actor).items]
    assert any(one.startswith("Say how the support goes on") for one in words)


def test_a_shift_hands_over_risks_promises_and_replies(busy, family_worker) -> None:
    section = contributions.handover(family_worker.actor)
    assert [item.words.split(",")[0] for item in section.items] == [
        "Risk to look after", "A relative wrote", "Promised call",
    ]  # fmt: skip


def test_every_promise_to_one_family_is_handed_over_with_a_note_of_its_own(
    clock, case, family_worker, second_worker
) -> None:
    """More than a list of work shows, all of one family: none is left out, and both can sign."""
    given = {"actor": family_worker.actor, "case_id": case.pk, "kind": "call_back"}
    soon = timezone.now() + timedelta(hours=1)
    owed = [tasks.add_task(**given, words=f"The {number}th time", due_at=soon) for number in range(12)]
    begun = handovers.begin_handover(actor=family_worker.actor, incoming_id=second_worker.user.pk)
    keys = {line.item.url.partition("#")[2]: line.key for line in open_between(*both(begun)).shared}
    assert set(keys) == {task.reference for task in owed}
    notes = {keys[owed[0].reference]: "She sleeps till nine."}
    kept = handovers.save_notes(
        actor=family_worker.actor, handover_id=begun.pk, version=begun.version, note="", notes=notes
    )
    tasks.finish_task(actor=family_worker.actor, task_id=owed[1].pk)
    handovers.sign_out(actor=family_worker.actor, handover_id=begun.pk, seen=kept.version)
    notes_of = {row.url.partition("#")[2]: row.note for row in begun.lines.all()}
    assert notes_of == {row.reference: "" for row in owed[2:]} | {owed[0].reference: "She sleeps till nine."}


@pytest.mark.parametrize(
    "who", ["met_officer", "met_supervisor", "kent_officer", "authority_worker", "auditor"]
)
def test_the_other_side_is_shown_no_card_no_line_and_no_count(who, busy, incident, request) -> None:
    actor = request.getfixturevalue(who).actor
    assert contributions.family_work(actor) is None
    assert contributions.handover(actor) is None
    assert contributions.service_card(actor, incident.pk) is None
    assert contributions.timeline(actor, incident.pk) == []
    # The charity's own data-protection role answers people for what the charity holds.
    for one in keeping.SUBJECT_ACCESS if who != "auditor" else ():
        ids = {"incident": [incident.pk], "person": [incident.person_id], "case": [busy.pk]}
        assert list(one.select(ids.get(one.key, []), actor)) == []


def test_the_charity_is_shown_its_case_on_the_incident(busy, incident, family_worker) -> None:
    card = contributions.service_card(family_worker.actor, incident.pk)
    assert [line.words for line in card.lines] == [f"Family support {busy.reference}"]
    assert [item.detail for item in contributions.timeline(family_worker.actor, incident.pk)] == [
        busy.reference
    ]


def test_an_incident_tells_its_force_nothing_when_a_family_is_linked(
    incident, case, family_worker, met_officer, charity
) -> None:
    share(incident, met_officer, charity)
    incident.refresh_from_db()
    before = vars(incident).copy()
    cases.link_incident(actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference)
    incident.refresh_from_db()
    assert {key: one for key, one in vars(incident).items() if key != "_state"} == {
        key: one for key, one in before.items() if key != "_state"
    }


def test_cases_follow_a_merge_of_incidents(linked, family_worker, met_officer, system) -> None:
    kept = report(met_officer.actor)
    rule = next(one for one in keeping.MERGE if one.key == "incident")
    assert rule.run(kept.pk, linked.incident_id, system) == 1
    linked.refresh_from_db()
    assert linked.incident == kept


def test_a_manager_kept_out_sees_it_by_break_glass_alone_and_that_is_noted(
    linked, mother, incident, family_worker, duty_manager, auditor
) -> None:
    cases.name_colleague(
        actor=family_worker.actor, case_id=linked.pk, user_id=duty_manager.user.pk, is_kept_out=True
    )
    assert not cases_visible_to(duty_manager.actor).exists()
    breakglass.open_records(
        actor=duty_manager.actor, reference=incident.reference, reason="A life is in danger.", minutes=60
    )
    assert cases_visible_to(duty_manager.actor).get() == linked
    record_case_read(actor=duty_manager.actor, case=linked, part="overview")
    mother.case.refresh_from_db()
    record_member_read(actor=duty_manager.actor, member=mother)
    assert AuditEvent.objects.filter(action="breakglass.read").count() == 2
