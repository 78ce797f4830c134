"""A contact is put with an incident by the caller's wish, or by two people; concerns go to the manager."""

from __future__ import annotations

import pytest

from families.helpline import keeping, policies, selectors, services
from families.helpline.contributions import helpline_handover, helpline_work
from families.helpline.models import Concern, ContactLink
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.contributions import SubjectAccess
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Release, TimelineEntry
from tests.cast import member
from tests.families.helpline.conftest import rings
from tests.missingcases import making

pytestmark = pytest.mark.django_db


def linked(actor, call, incident, **given) -> ContactLink:
    said = {"reference": incident.reference, "ground": "wish"}
    return services.link_contact(actor=actor, contact_id=call.pk, **(said | given))


def test_by_the_callers_wish_it_holds_at_once_and_the_force_learns_nothing(
    call, caseworker, known_incident, met_officer
) -> None:
    before = TimelineEntry.objects.count()
    linked(caseworker.actor, call, known_incident, reference=f" {known_incident.reference.lower()} ")
    assert selectors.linked_incident(call) == known_incident
    assert TimelineEntry.objects.count() == before
    with pytest.raises(Refused, match="has a link"):
        linked(caseworker.actor, call, known_incident)


def test_without_the_wish_a_manager_who_did_not_ask_decides(
    call, caseworker, duty_manager, known_incident
) -> None:
    with pytest.raises(Invalid, match="reason"):
        linked(caseworker.actor, call, known_incident, ground="serious_harm")
    asked = linked(caseworker.actor, call, known_incident, ground="serious_harm", reason="She is hurt.")
    assert selectors.linked_incident(call) is None
    assert len(helpline_work(duty_manager.actor).items) == 1
    with pytest.raises(Refused, match="duty manager"):
        services.decide_link(actor=caseworker.actor, link_id=asked.pk, approve=True, reason="Yes")
    done = services.decide_link(actor=duty_manager.actor, link_id=asked.pk, approve=True, reason="Yes")
    assert selectors.linked_incident(call) == known_incident
    assert done.decided_by_id == duty_manager.user.pk
    with pytest.raises(Refused, match="has been decided"):
        services.decide_link(actor=duty_manager.actor, link_id=asked.pk, approve=False, reason="No")
    services.end_link(actor=caseworker.actor, link_id=asked.pk, reason="She wishes it no more.")
    assert selectors.live_link(call) is None


def test_nobody_agrees_to_what_they_asked_for(duty_manager, known_incident) -> None:
    call = rings(duty_manager.actor)
    asked = linked(duty_manager.actor, call, known_incident, ground="terrorism", reason="A threat.")
    with pytest.raises(Refused, match="You asked"):
        services.decide_link(actor=duty_manager.actor, link_id=asked.pk, approve=True, reason="Yes")


def test_an_incident_nobody_told_us_of_is_answered_as_one_that_does_not_exist(
    call, caseworker, met_officer
) -> None:
    unknown = making.report(met_officer.actor)
    said = []
    for reference in (unknown.reference, "MI-00000000"):
        with pytest.raises(Invalid) as caught:
            linked(caseworker.actor, call, unknown, reference=reference, ground="perhaps")
        said.append(caught.value.problems)
    assert said[0] == said[1]
    assert set(said[0]) == {"reference", "ground"}


def test_a_link_of_others_does_not_exist(call, caseworker, known_incident, met_supervisor) -> None:
    link = linked(caseworker.actor, call, known_incident)
    for link_id in (link.pk, 0):
        with pytest.raises(NotVisible):
            services.end_link(actor=met_supervisor.actor, link_id=link_id, reason="x")


def worried(actor, call, **given) -> Concern:
    said = {"concern": "He will hurt her.", "is_threat_to_life": False}
    return services.raise_concern(actor=actor, contact_id=call.pk, **(said | given))


def test_a_concern_stays_on_every_desk_until_the_manager_decides(
    call, caseworker, duty_manager, second_caseworker
) -> None:
    with pytest.raises(Invalid):
        worried(caseworker.actor, call, concern=" ")
    first = worried(caseworker.actor, call)
    assert worried(second_caseworker.actor, call, concern="More.", is_threat_to_life=True) == first
    assert "a life may be in danger" in helpline_handover(second_caseworker.actor).items[0].words
    with pytest.raises(Refused, match="A concern waits"):
        services.close_contact(actor=caseworker.actor, contact_id=call.pk, reason="x")
    with pytest.raises(Refused, match="duty manager"):
        services.take_concern(actor=caseworker.actor, concern_id=first.pk)
    services.take_concern(actor=duty_manager.actor, concern_id=first.pk)
    services.keep_confidential(actor=duty_manager.actor, concern_id=first.pk, reason="She is safe now.")
    with pytest.raises(Refused, match="decided"):
        services.keep_confidential(actor=duty_manager.actor, concern_id=first.pk, reason="Again.")
    services.close_contact(actor=caseworker.actor, contact_id=call.pk, reason="Done.")


def test_the_force_reads_the_approved_words_and_nothing_else(
    call, caseworker, duty_manager, known_incident
) -> None:
    concern = worried(caseworker.actor, call, is_threat_to_life=True)
    words = {
        "concern_id": concern.pk,
        "text": "She is at risk tonight.",
        "reason": "Life.",
        "ground": "threat_to_life",
    }
    linked(caseworker.actor, call, known_incident)
    with pytest.raises(Refused, match="First somebody writes"):
        services.release_to_force(
            actor=duty_manager.actor, concern_id=concern.pk, release_id=0, reason="Life."
        )
    with pytest.raises(Invalid):
        services.propose_words(actor=caseworker.actor, **(words | {"text": " "}))
    proposed = services.propose_words(actor=duty_manager.actor, **words)
    with pytest.raises(Refused):
        services.release_to_force(
            actor=duty_manager.actor, concern_id=concern.pk, release_id=proposed.release_id, reason="Life."
        )
    other = member("night@charity.example", "Night Manager", duty_manager.organisation, Role.CHARITY_MANAGER)
    with pytest.raises(Refused, match="were changed"):
        services.release_to_force(actor=other.actor, concern_id=concern.pk, release_id=0, reason="Life.")
    services.release_to_force(
        actor=other.actor, concern_id=concern.pk, release_id=proposed.release_id, reason="Life."
    )
    release = Release.objects.get(pk=proposed.release_id)
    assert (release.status, release.field_names) == ("approved", ["message"])
    assert "He will hurt her" not in release.content


def test_a_force_is_told_where_no_incident_is_known(call, caseworker, duty_manager, met) -> None:
    concern = worried(caseworker.actor, call)
    given = {
        "concern_id": concern.pk,
        "text": "A boy is beaten.",
        "reason": "A child.",
        "ground": "child_abuse",
    }
    with pytest.raises(Invalid, match="force"):
        services.propose_words(actor=caseworker.actor, **given)
    with pytest.raises(Invalid, match="ground"):
        services.propose_words(actor=caseworker.actor, **(given | {"ground": "x"}), force_id=met.pk)
    proposed = services.propose_words(actor=caseworker.actor, **given, force_id=met.pk)
    services.release_to_force(
        actor=duty_manager.actor, concern_id=concern.pk, release_id=proposed.release_id, reason="A child."
    )
    release = Release.objects.get(pk=proposed.release_id)
    assert (release.kind, release.ground, release.incident_id) == ("confidence_broken", "child_abuse", None)
    assert (release.to_organisation_id, release.status) == (met.pk, "approved")


def test_a_concern_of_others_does_not_exist(call, caseworker, met_supervisor) -> None:
    concern = worried(caseworker.actor, call)
    with pytest.raises(NotVisible):
        services.take_concern(actor=met_supervisor.actor, concern_id=concern.pk)
    with pytest.raises(NotVisible):
        selectors.concern_named(met_supervisor.actor, concern.reference)
    assert policies.may_propose(met_supervisor.actor, concern).code == "organisation"
    assert policies.may_decide_concern(met_supervisor.actor, concern).code == "organisation"

    assert policies.may_release(caseworker.actor, concern).code == "role"


def test_a_link_follows_a_merge_and_answers_the_person_through_the_charity(
    call, caseworker, known_incident, met_officer
) -> None:
    link = linked(caseworker.actor, call, known_incident)
    kept = making.report(met_officer.actor)
    assert keeping.MERGE[0].run(kept.pk, known_incident.pk, met_officer.actor) == 1
    link.refresh_from_db()
    assert link.incident_id == kept.pk
    answer: SubjectAccess = keeping.SUBJECT_ACCESS[0]
    assert len(answer.select([kept.pk], caseworker.actor)) == 1
    assert answer.select([kept.pk], met_officer.actor) == []
