"""What an opening lets somebody read, for how long, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.events.services import sweep
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases.breakglass import selectors
from missingcases.breakglass import services as breakglass
from missingcases.breakglass.contributions import opening_work
from missingcases.breakglass.models import Opening
from missingcases.models import Note
from tests.cast import member
from tests.missingcases.breakglass.conftest import WHY, WORDS
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def over(opening: Opening) -> Opening:
    """As if its time had passed."""
    past = timezone.now() - timedelta(hours=2)
    Opening.objects.filter(pk=opening.pk).update(opened_at=past, ends_at=past + timedelta(hours=1))
    opening.refresh_from_db()
    return opening


def reviewed(opening, actor, finding="justified"):
    return breakglass.review_opening(actor=actor, opening_id=opening.pk, finding=finding, words="Read all.")


def test_it_opens_that_incident_for_that_manager_and_for_nobody_else(
    opening, incident, duty_manager, caseworker, auditor, met_officer
) -> None:
    assert selectors.opened_for(duty_manager.actor).incident_ids == {incident.pk}
    for other in (caseworker, auditor, met_officer):
        assert not selectors.opened_for(other.actor)
    over(opening)
    assert not selectors.opened_for(duty_manager.actor)


def test_a_persons_opening_holds_their_incidents(incident, duty_manager) -> None:
    breakglass.open_records(
        actor=duty_manager.actor, reference=incident.person.reference, reason=WHY, minutes=30
    )
    opened = selectors.opened_for(duty_manager.actor)
    assert (opened.person_ids, opened.incident_ids) == ({incident.person_id}, {incident.pk})


def test_whoever_is_no_duty_manager_of_the_charity_opens_nothing(
    incident, caseworker, auditor, met_superintendent
) -> None:
    for other in (caseworker, auditor, met_superintendent):
        with pytest.raises(Refused):
            breakglass.open_records(actor=other.actor, reference=incident.reference, reason=WHY, minutes=60)


def test_what_the_charity_knows_nothing_of_is_said_in_the_same_words_as_what_does_not_exist(
    met_officer, duty_manager
) -> None:
    unknown = world.reported(met_officer.actor)
    told = set()
    for reference in (unknown.reference, unknown.person.reference, "MI-00000000"):
        with pytest.raises(Invalid) as problem:
            breakglass.open_records(actor=duty_manager.actor, reference=reference, reason=WHY, minutes=60)
        told.add(str(problem.value.problems))
    assert len(told) == 1


def test_it_wants_a_reason_and_at_most_four_hours(incident, duty_manager) -> None:
    for given in (
        {"reason": " ", "minutes": 60},
        {"reason": WHY, "minutes": 241},
        {"reason": WHY, "minutes": 0},
    ):
        with pytest.raises(Invalid):
            breakglass.open_records(actor=duty_manager.actor, reference=incident.reference, **given)


def test_what_stands_open_is_not_opened_again(opening, incident, duty_manager) -> None:
    with pytest.raises(Refused):
        breakglass.open_records(
            actor=duty_manager.actor, reference=incident.reference, reason=WHY, minutes=60
        )


def test_the_data_protection_role_is_told_at_once_and_nothing_about_anybody(
    opening, incident, auditor, duty_manager
) -> None:
    sweep()
    (told,) = Message.objects.filter(owner_label=Opening._meta.label)
    assert told.to == auditor.user.email
    assert incident.person.family_name not in told.body + told.subject
    assert incident.reference not in told.body
    work = opening_work(auditor.actor)
    assert work is not None
    assert [item.detail for item in work.items] == [opening.reference]
    assert opening_work(duty_manager.actor) is None


def test_without_a_data_protection_role_the_administrators_are_told(
    incident, duty_manager, administrator
) -> None:
    breakglass.open_records(actor=duty_manager.actor, reference=incident.reference, reason=WHY, minutes=60)
    sweep()
    assert [one.to for one in Message.objects.filter(owner_label=Opening._meta.label)] == [
        administrator.user.email
    ]


def test_every_reading_stands_under_the_opening(opening, note, incident, duty_manager, caseworker) -> None:
    given = {"target": Note, "target_ids": [note.pk], "incident_id": incident.pk}
    assert breakglass.note_readings(actor=duty_manager.actor, **given) == 1
    assert breakglass.note_readings(actor=caseworker.actor, **given) == 0
    (entry,) = AuditEvent.objects.filter(action="breakglass.read")
    assert (entry.target_id, entry.target_ids, entry.fields) == (opening.pk, [note.pk], ["missingcases.Note"])


def test_it_is_ended_by_hand_and_reviewed_by_somebody_else(
    opening, duty_manager, auditor, caseworker
) -> None:
    with pytest.raises(Refused) as refused:
        reviewed(opening, auditor.actor)
    assert refused.value.refusal.code == "still_open"
    with pytest.raises(NotVisible):
        breakglass.end_opening(actor=caseworker.actor, opening_id=opening.pk)
    breakglass.end_opening(actor=duty_manager.actor, opening_id=opening.pk)
    assert not selectors.opened_for(duty_manager.actor)
    done = reviewed(opening, auditor.actor, "follow_up")
    assert (done.finding, done.reviewed_by_id) == ("follow_up", auditor.user.pk)
    assert opening_work(auditor.actor) is None


def test_nobody_reviews_their_own_though_they_hold_both_roles(opening, duty_manager) -> None:
    both = member(duty_manager.user.email, "", duty_manager.organisation, "auditor")
    over(opening)
    with pytest.raises(Refused) as refused:
        reviewed(opening, both.actor)
    assert refused.value.refusal.code == "own_opening"
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(reviewed_by=duty_manager.user)


def test_a_review_says_what_was_found(opening, auditor) -> None:
    over(opening)
    for finding, words in (("", "x"), ("justified", " ")):
        with pytest.raises(Invalid):
            breakglass.review_opening(
                actor=auditor.actor, opening_id=opening.pk, finding=finding, words=words
            )


def test_what_is_over_is_not_ended_and_waits_for_its_review(opening, duty_manager, auditor) -> None:
    over(opening)
    with pytest.raises(Refused) as refused:
        breakglass.end_opening(actor=duty_manager.actor, opening_id=opening.pk)
    assert refused.value.refusal.code == "over"
    assert list(selectors.to_review(auditor.actor)) == [opening]


def test_the_force_knows_of_none(opening, met, met_officer) -> None:
    theirs = member("dpo@met.example", "Dee", met, "auditor")
    for actor in (met_officer.actor, theirs.actor):
        assert not selectors.visible_to(actor).exists()
        with pytest.raises(NotVisible):
            reviewed(opening, actor)


def test_the_pages(client, opening, note, incident, duty_manager, auditor) -> None:
    """The manager reads the closed note by it; the data protection officer reads that, and reviews."""
    there = f"/break-glass/{opening.reference}/"
    duty_manager.sign_in(client)
    assert WORDS in client.get(there).content.decode()
    assert opening.reference in client.get("/break-glass/").content.decode()
    assert client.get(f"{there}review/").status_code == 403
    assert client.post(f"{there}end/").status_code == 302
    assert WORDS not in client.get(there).content.decode()

    auditor.sign_in(client)
    page = client.get(there).content.decode()
    assert WORDS not in page
    assert "Note" in page
    assert WHY in page
    answer = client.post(f"{there}review/", {"finding": "justified", "words": ""})
    assert answer.status_code == 422
    answer = client.post(f"{there}review/", {"finding": "justified", "words": "Rang her."}, follow=True)
    assert "Rang her." in answer.content.decode()
    assert client.post(f"{there}end/", follow=True).status_code == 200


def test_opening_on_the_page(client, incident, duty_manager, auditor) -> None:
    duty_manager.sign_in(client)
    assert client.get("/break-glass/open/").status_code == 200
    given = {"reference": "MI-00000000", "reason": WHY, "minutes": "30"}
    answer = client.post("/break-glass/open/", given)
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    answer = client.post("/break-glass/open/", given | {"reference": incident.reference}, follow=True)
    assert "stand open" in answer.content.decode()
    assert client.get("/data-protection/").status_code == 200


def test_opening_asks_for_a_fresh_second_factor(client, incident, duty_manager) -> None:
    duty_manager.sign_in(client, fresh=False)
    assert client.get("/break-glass/open/").status_code == 302
