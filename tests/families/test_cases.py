"""Who may know that a family is supported, and how a case goes on and ends."""

from __future__ import annotations

import pytest

from families.enums import CaseStatus
from families.models import SupportCase
from families.selectors.cases import case_for, cases_visible_to, listed
from families.services import cases
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import IllegalMove
from tests.families.conftest import share

pytestmark = pytest.mark.django_db
OUTSIDE = [
    "met_officer", "met_coordinator", "met_superintendent", "kent_officer", "authority_worker", "auditor",
    "administrator", "publicity_officer", "rhi_interviewer", "api_client", "system",
]  # fmt: skip


def sees(who, case: SupportCase) -> bool:
    return cases_visible_to(who.actor).filter(pk=case.pk).exists()


def test_the_family_workers_and_the_helpline_work_with_it(
    case, family_worker, caseworker, duty_manager
) -> None:
    assert all(sees(who, case) for who in (family_worker, caseworker, duty_manager))
    assert case.contact_person == family_worker.user
    assert list(listed(family_worker.actor, show="mine")) == [case]
    assert list(listed(caseworker.actor, show="mine")) == []


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_learns_that_it_exists(who, case, request) -> None:
    found = request.getfixturevalue(who)
    actor = getattr(found, "actor", found)
    assert not cases_visible_to(actor).exists()
    with pytest.raises(NotVisible):
        case_for(actor, case.reference)
    with pytest.raises(NotVisible):
        cases.close_case(actor=actor, case_id=case.pk, reason="Because")
    with pytest.raises(Refused):
        cases.open_case(actor=actor, details=cases.CaseDetails(about="Somebody"))


def test_a_narrowed_case_is_for_those_it_names_and_the_duty_manager(
    case, family_worker, second_worker, caseworker, duty_manager
) -> None:
    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="A colleague knows them.")
    assert [sees(who, case) for who in (family_worker, second_worker, caseworker, duty_manager)] == [
        True, False, False, True,
    ]  # fmt: skip
    cases.name_colleague(
        actor=family_worker.actor, case_id=case.pk, user_id=second_worker.user.pk, is_kept_out=False
    )
    assert sees(second_worker, case)
    cases.widen_case(actor=duty_manager.actor, case_id=case.pk, reason="It is over.")
    assert sees(caseworker, case)


def test_whoever_is_kept_out_sees_nothing_duty_manager_or_not(case, family_worker, duty_manager) -> None:
    row = cases.name_colleague(
        actor=family_worker.actor, case_id=case.pk, user_id=duty_manager.user.pk, is_kept_out=True
    )
    assert not sees(duty_manager, case)
    with pytest.raises(Invalid):
        cases.set_contact_person(actor=family_worker.actor, case_id=case.pk, user_id=duty_manager.user.pk)
    with pytest.raises(Invalid):
        cases.name_colleague(
            actor=family_worker.actor, case_id=case.pk, user_id=family_worker.user.pk, is_kept_out=True
        )
    cases.end_access(actor=family_worker.actor, case_id=case.pk, access_id=row.pk)
    assert sees(duty_manager, case)


def test_only_the_contact_person_or_the_duty_manager_narrows(case, second_worker) -> None:
    with pytest.raises(Refused):
        cases.narrow_case(actor=second_worker.actor, case_id=case.pk, reason="Why not")


def test_a_new_contact_person_is_named_for_a_narrowed_case(
    case, family_worker, second_worker, publicity_officer
) -> None:
    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="Private.")
    cases.set_contact_person(actor=family_worker.actor, case_id=case.pk, user_id=second_worker.user.pk)
    assert sees(second_worker, case)
    with pytest.raises(Invalid):
        cases.set_contact_person(
            actor=family_worker.actor, case_id=case.pk, user_id=publicity_officer.user.pk
        )


def test_an_incident_is_linked_only_where_it_was_shared_with_us(
    case, incident, family_worker, met_officer, charity
) -> None:
    with pytest.raises(Invalid):
        cases.link_incident(actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference)
    share(incident, met_officer, charity)
    found = cases.link_incident(
        actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference.lower()
    )
    assert (found.incident, found.person_id) == (incident, incident.person_id)


def test_two_who_change_it_at_once_are_told(case, family_worker) -> None:
    given = {"actor": family_worker.actor, "case_id": case.pk, "version": case.version}
    cases.change_case(**given, details=cases.CaseDetails(about="Jude Bright"))
    with pytest.raises(Conflict) as both:
        cases.change_case(**given, details=cases.CaseDetails(about="Jude Vance"))
    assert both.value.theirs["about"] == "Jude Bright"


def test_it_is_closed_with_a_reason_and_can_be_reopened(case, family_worker) -> None:
    given = {"actor": family_worker.actor, "case_id": case.pk}
    assert cases.begin_aftercare(**given).status == CaseStatus.AFTERCARE
    assert cases.resume_case(**given).status == CaseStatus.OPEN
    with pytest.raises(Refused):
        cases.close_case(**given, reason=" ")
    assert cases.close_case(**given, reason="They are well supported.").closed_at is not None
    with pytest.raises(Refused):
        cases.set_contact_person(**given, user_id=family_worker.user.pk)
    with pytest.raises(IllegalMove):
        cases.reopen_case(**{**given, "case_id": reopened(given)}, reason="Again")


def reopened(given: dict) -> int:
    return cases.reopen_case(**given, reason="They rang again.").pk


def test_the_trail_holds_no_words_of_the_family(case, family_worker) -> None:
    cases.change_case(
        actor=family_worker.actor,
        case_id=case.pk,
        version=case.version,
        details=cases.CaseDetails(about="Xylophone"),
    )
    for event in AuditEvent.objects.filter(action__startswith="families."):
        assert "Xylophone" not in str(vars(event))
