"""Only whoever said yes is asked, never while somebody is missing, and by a way that is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases import services as cases
from missingcases.models import Incident
from missingcases.voice import keeping, links, selectors, services, tasks
from missingcases.voice.contributions import invitation_work
from missingcases.voice.models import Answer, Invitation
from tests.missingcases.voice.conftest import asked_of, link_of, said_yes, stranger, talk_of
from tests.missingcases_pages import world
from textsafe.voice import textsafe_voice

pytestmark = pytest.mark.django_db


def test_a_yes_is_put_down_with_who_asked_when_and_how(invitation, incident, family_worker, met) -> None:
    assert (invitation.asked_by, invitation.asked_in) == (family_worker.user, "call")
    assert (invitation.incident, invitation.force, invitation.status) == (incident, met, "asked")
    assert invitation.expires_at - invitation.asked_at == timedelta(days=30)
    assert not Message.objects.filter(service="voice").exists()
    assert AuditEvent.objects.filter(action="voice.asked", target_id=invitation.pk).count() == 1
    work = invitation_work(family_worker.actor)
    assert work is not None
    assert invitation.reference in work.items[0].words


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"said_yes": False}, "said_yes"),
        ({"respondent": "adult"}, "respondent"),
        ({"asked_in": "pigeon"}, "asked_in"),
        ({"language": "fr"}, "language"),
    ],
)
def test_without_a_yes_nobody_is_asked(change, field, mother, family_worker) -> None:
    with pytest.raises(Invalid) as problem:
        said_yes(family_worker, mother, **change)
    assert set(problem.value.problems) == {field}
    assert not Invitation.objects.exists()


def test_a_force_that_is_none_is_not_taken(caseworker, charity, met) -> None:
    assert stranger(caseworker, force_id=met.pk).force == met
    with pytest.raises(Invalid):
        stranger(caseworker, force_id=charity.pk)


def test_nobody_is_asked_twice_at_once(invitation, mother, family_worker) -> None:
    with pytest.raises(Refused) as twice:
        said_yes(family_worker, mother)
    assert twice.value.refusal.code == "asked"
    services.withdraw(actor=family_worker.actor, invitation_id=invitation.pk)
    assert said_yes(family_worker, mother).status == "asked"


def test_police_and_authorities_ask_nobody(mother, family_worker, met_officer, authority_worker) -> None:
    for who in (met_officer, authority_worker):
        with pytest.raises(Refused):
            services.ask(
                actor=who.actor,
                asked=asked_of(family_worker, mother),
                respondent="family",
                asked_in="call",
                said_yes=True,
            )
        assert not selectors.visible_to(who.actor).exists()


def test_while_somebody_is_missing_nobody_is_asked_and_what_was_begun_ends(
    invitation, incident, mother, family_worker, met_supervisor
) -> None:
    token = link_of(family_worker, invitation)
    cases.retract_located(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        level="high",
        assessment=world.assessment("It was not her."),
    )
    invitation.refresh_from_db()
    assert (invitation.status, invitation.token_hash) == ("withdrawn", "")
    assert not Invitation.objects.filter(token_hash=links.hash_of(token)).exists()
    with pytest.raises(Refused) as open_still:
        said_yes(family_worker, mother)
    assert open_still.value.refusal.code == "open"


def test_after_a_death_only_a_family_that_asks_to_is_heard(
    invitation, incident, mother, family_worker, caseworker
) -> None:
    Incident.objects.filter(pk=incident.pk).update(outcome="located_deceased")
    services.end_due(now=timezone.now())
    invitation.refresh_from_db()
    assert invitation.status == "withdrawn"
    with pytest.raises(Refused) as unbidden:
        said_yes(family_worker, mother)
    assert unbidden.value.refusal.code == "deceased"
    assert said_yes(family_worker, mother, family_asked=True).family_asked
    talk = talk_of(caseworker)
    asked = textsafe_voice.find(caseworker.actor, talk.reference)
    given = {"actor": caseworker.actor, "asked_in": "text", "said_yes": True, "respondent": "child"}
    with pytest.raises(Refused):
        services.ask(**given, asked=replace(asked, incident_id=incident.pk), family_asked=True)


def test_what_is_over_ends_and_whom_it_was_for_is_forgotten(invitation, family_worker, system) -> None:
    link_of(family_worker, invitation)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.end_due()
        tasks.end_due()
        with pytest.raises(Refused):
            services.show_link(actor=family_worker.actor, invitation_id=invitation.pk)
    invitation.refresh_from_db()
    assert (invitation.status, invitation.token_hash) == ("expired", "")
    rule = next(one for one in keeping.RETENTION if one.model == "voice.Invitation")
    assert rule.due(timezone.now()) == []
    due = rule.due(timezone.now() + timedelta(days=366))
    assert list(due) == [invitation.pk]
    assert rule.erase(due, system) == 1
    assert rule.erase(due, system) == 0
    invitation.refresh_from_db()
    assert (invitation.incident, invitation.source, invitation.source_id) == (None, "", None)


def test_an_anonymised_incident_leaves_no_way_to_it(invitation, incident, family_worker) -> None:
    services.withdraw(actor=family_worker.actor, invitation_id=invitation.pk)
    rule = next(one for one in keeping.RETENTION if one.model == "voice.Invitation")
    rule.anonymise([incident.pk])
    invitation.refresh_from_db()
    assert invitation.incident is None


def test_what_was_written_is_forgotten_after_two_years(caseworker, system) -> None:
    row = stranger(caseworker)
    services.answer_for_them(
        actor=caseworker.actor, invitation_id=row.pk, answers={"safe": "yes"}, words="Nobody asked before."
    )
    rule = next(one for one in keeping.RETENTION if one.model == "voice.Answer")
    assert rule.due(timezone.now() + timedelta(days=600)) == []
    due = rule.due(timezone.now() + timedelta(days=2 * 365 + 31))
    assert rule.erase(due, system) == 1
    kept = Answer.objects.get()
    assert (kept.words, kept.answers) == ("", {"safe": "yes"})


def test_colleagues_see_no_invitation_but_their_own_and_managers_all(
    invitation, family_worker, caseworker, duty_manager
) -> None:
    assert selectors.invitation_named(family_worker.actor, invitation.reference) == invitation
    assert selectors.invitation_named(duty_manager.actor, invitation.reference) == invitation
    for verb in (services.show_link, services.withdraw):
        with pytest.raises(NotVisible):
            verb(actor=caseworker.actor, invitation_id=invitation.pk)


def test_aloud_at_least_one_thing_is_said(caseworker) -> None:
    row = stranger(caseworker)
    given = {"actor": caseworker.actor, "invitation_id": row.pk}
    for answers, words in (({"invented": "yes", "safe": "invented"}, " "), ({}, "x" * 1501)):
        with pytest.raises(Invalid):
            services.answer_for_them(**given, answers=answers, words=words)
