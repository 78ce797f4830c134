"""Where somebody in the family may be the danger: nothing leaves, but to one who was named as safe."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from families import policies
from families.contributions import family_work
from families.models import ContactRecord, Told
from families.services import cases, contacts, members, planning, tasks, telling, visits, writing
from families.voice import may_text
from foundation.access import Refused
from foundation.exceptions import Invalid
from foundation.messaging.models import Message
from missingcases.messages_home import services as messages_home
from missingcases.policies import FAMILY_DANGER
from missingcases.services import set_flag
from tests.families.conftest import share
from tests.families.test_relaying import certain, relay, take
from tests.families.test_visits import PHONE, plan, planned
from tests.families.test_writing import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(case, incident, mother, father, family_worker, met_officer, charity):
    """Their case is of an incident that police told the charity of; the mother is known for certain."""
    share(incident, met_officer, charity)
    cases.link_incident(actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference)
    certain(family_worker, mother)
    for one in (mother, father):
        one.refresh_from_db()
        one.case.refresh_from_db()
    return incident


def flag(who, incident, status: str = "suspected", **given: str) -> None:
    asked = {"kind": "honour_based_abuse", "source": "A teacher", "sensitivity": "owner_only"}
    set_flag(actor=who.actor, incident_id=incident.pk, status=status, **(asked | given))


def told(who, whom) -> Told:
    return telling.tell(
        actor=who.actor, member_id=whom.pk, telling=telling.Telling("We know of her."), form_token=uuid4()
    )


def test_nothing_is_told_sent_or_rung_and_what_was_queued_stays(
    linked, mother, family_worker, met_officer
) -> None:
    queued = write(family_worker, mother)
    assert writing.check_contact(queued.pk) is None
    message = take(family_worker, incident_id=linked.pk)
    messages_home.begin_passing(actor=family_worker.actor, message_id=message.pk)
    flag(met_officer, linked)

    point = mother.points.get()
    visit = {"plan": planned(), "telephone": PHONE, "form_token": uuid4()}
    acts = (
        lambda: visits.plan_visit(
            actor=family_worker.actor, case_id=mother.case_id, member_id=mother.pk, **visit
        ),
        lambda: visits.plan_visit(
            actor=family_worker.actor, case_id=mother.case_id, member_id=None, **visit
        ),
        lambda: write(family_worker, mother),
        lambda: told(family_worker, mother),
        lambda: relay(family_worker, message, mother),
        lambda: relay(family_worker, message, mother, channel="text"),
        lambda: planning.begin_plan(actor=family_worker.actor, member_id=mother.pk),
        lambda: contacts.start_call(
            actor=family_worker.actor, case_id=mother.case_id, member_id=mother.pk, direction="out",
            point_id=point.pk,
        ),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.refusal == FAMILY_DANGER
    # The guard is asked at the send: what was written before the flag does not leave either.
    assert writing.check_contact(queued.pk) == FAMILY_DANGER
    assert may_text(mother.pk, point.pk) == FAMILY_DANGER
    assert (Message.objects.count(), Told.objects.count()) == (1, 0)
    # They may ring us all the same.
    assert contacts.start_call(
        actor=family_worker.actor, case_id=mother.case_id, member_id=mother.pk, direction="in"
    )


def test_a_duty_manager_names_one_as_safe_and_the_others_stay_refused(
    linked, mother, father, family_worker, duty_manager, met_officer
) -> None:
    flag(met_officer, linked)
    with pytest.raises(Refused):
        members.name_safe(actor=family_worker.actor, member_id=mother.pk, why="She reported it.")
    with pytest.raises(Invalid):
        members.name_safe(actor=duty_manager.actor, member_id=mother.pk, why=" ")
    safe = members.name_safe(
        actor=duty_manager.actor, member_id=mother.pk, why="She fled with her; the safeguarding lead agrees."
    )
    assert safe.safe_by == duty_manager.user
    assert told(family_worker, mother)
    assert write(family_worker, mother)
    with pytest.raises(Refused) as caught:
        write(family_worker, father)
    assert caught.value.refusal == FAMILY_DANGER

    members.take_safe_back(actor=family_worker.actor, member_id=mother.pk)
    assert writing.check_contact(ContactRecord.objects.get().pk) == FAMILY_DANGER


def test_it_ends_with_the_flag_and_stops_no_plan_by_itself(
    linked, mother, family_worker, met_officer, met_supervisor
) -> None:
    flag(met_officer, linked)
    assert policies.wants_none(mother) is None
    flag(met_supervisor, linked, "ruled_out", reason="It was another person.")
    assert write(family_worker, mother)


def test_the_pages_say_so_and_the_manager_names_the_safe_one(
    client, linked, mother, family_worker, duty_manager, met_officer
) -> None:
    flag(met_officer, linked)
    page = family_worker.sign_in(client)
    seen = page.get(reverse("families:member", args=[mother.reference])).content.decode()
    assert "Somebody in this family may be a danger" in seen
    assert "The duty manager names a safe relative" in seen
    assert (
        "Somebody in this family may be a danger"
        in page.get(reverse("families:case", args=[mother.case.reference])).content.decode()
    )

    page = duty_manager.sign_in(client)
    at = reverse("families:member_safe", args=[mother.reference])
    page.post(at, {"reason": "She fled with her."})
    seen = page.get(reverse("families:member", args=[mother.reference])).content.decode()
    assert "was named as safe to tell" in seen
    page.post(reverse("families:member_not_safe", args=[mother.reference]))
    mother.refresh_from_db()
    assert mother.safe_at is None


def test_what_was_planned_before_says_that_it_is_not_to_be_done_now(
    client, linked, mother, father, family_worker, duty_manager, met_officer
) -> None:
    for one in (mother, father):
        planning.begin_plan(actor=family_worker.actor, member_id=one.pk)
    tasks.add_task(
        actor=family_worker.actor, case_id=mother.case_id, kind="call_back", words="Ring her tonight.",
        due_at=mother.added_at, member_id=mother.pk,
    )  # fmt: skip
    visit = plan(mother.case, family_worker, member_id=mother.pk)
    for one in (mother, father):
        one.follow_ups.filter(pk=one.follow_ups.order_by("due_at")[0].pk).update(due_at=mother.added_at)

    def held() -> list[bool]:
        return [item.detail == FAMILY_DANGER.message for item in family_work(family_worker.actor).items]

    assert set(held()) == {False}
    flag(met_officer, linked)
    assert set(held()) == {True}
    page = family_worker.sign_in(client)
    for name, reference in (("plans", mother.case.reference), ("visit", visit.reference)):
        seen = page.get(reverse(f"families:{name}", args=[reference])).content.decode()
        assert "Somebody in this family may be a danger" in seen

    members.name_safe(actor=duty_manager.actor, member_id=mother.pk, why="She fled with her.")
    assert set(held()) == {True, False}
    seen = page.get(reverse("families:visit", args=[visit.reference])).content.decode()
    assert "Somebody in this family may be a danger" not in seen
    # Whoever stands at the door is watched all the same.
    members.take_safe_back(actor=family_worker.actor, member_id=mother.pk)
    assert visits.check_in(actor=family_worker.actor, visit_id=visit.pk).checked_in_at is not None
