"""Who may do what with an appeal: each refusal of each policy, with its code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appeals import policies
from appeals.enums import AppealStatus
from appeals.gates import Answer, Facts
from appeals.models import Appeal, Placement
from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from missingcases.models import Incident

MET, KENT, CHARITY = 1, 2, 3
S = AppealStatus


def acting(role: Role, organisation_id: int = MET, user_id: int = 7) -> Actor:
    kind = OrganisationKind.CHARITY if organisation_id == CHARITY else OrganisationKind.POLICE_FORCE
    return Actor(
        organisation_id=organisation_id, roles=frozenset({role}), user_id=user_id, organisation_kind=kind
    )


OFFICER = acting(Role.POLICE_OFFICER)
SUPERVISOR = acting(Role.POLICE_SUPERVISOR)
INSPECTOR = acting(Role.POLICE_INSPECTOR)
ELSEWHERE = acting(Role.POLICE_INSPECTOR, KENT)
CLIENT = acting(Role.API_CLIENT)
PUBLICITY = acting(Role.CHARITY_PUBLICITY, CHARITY)
SECOND = acting(Role.CHARITY_MANAGER, CHARITY, user_id=8)
CASEWORKER = acting(Role.CHARITY_CASEWORKER, CHARITY)
FAMILY = acting(Role.FAMILY_SUPPORT, CHARITY)
MACHINE = Actor.system("test")

OPEN = Facts(
    incident_open=True,
    is_child=False,
    placed_by_authority=False,
    authorised_at=None,
    answers=(),
    overridden=True,
    wishes_recorded=True,
    risk_checked=True,
    no_publicity=(),
    has_picture=False,
    photo_refused=False,
    shows_surname=False,
    problems=(),
)


def appeal(status: str = S.DRAFT, **given: object) -> Appeal:
    return Appeal(organisation_id=MET, charity_id=CHARITY, status=status, prepared_by_id=7, **given)


def code(found: Refusal | None) -> str | None:
    return found.code if found else None


@pytest.mark.parametrize(
    ("actor", "status", "held", "expected"),
    [
        (OFFICER, "missing", False, None),
        (CLIENT, "missing", False, None),
        (PUBLICITY, "missing", False, None),
        (CASEWORKER, "missing", False, "role"),
        (ELSEWHERE, "missing", False, "organisation"),
        (acting(Role.AUDITOR), "missing", False, "role"),
        (OFFICER, "located", False, "not_open"),
        (OFFICER, "missing", True, "starts_held"),
    ],
)
def test_asking(actor: Actor, status: str, held: bool, expected: str | None) -> None:
    incident = Incident(owner_id=MET, status=status, starts_held=held)
    assert code(policies.may_ask(actor, incident)) == expected


@pytest.mark.parametrize(
    ("policy", "status", "actor", "expected"),
    [
        (policies.may_take_up, S.REQUESTED, PUBLICITY, None),
        (policies.may_take_up, S.REQUESTED, OFFICER, "organisation"),
        (policies.may_take_up, S.REQUESTED, CASEWORKER, "role"),
        (policies.may_take_up, S.LIVE, PUBLICITY, "illegal_move"),
        (policies.may_record, S.DRAFT, OFFICER, None),
        (policies.may_record, S.DRAFT, PUBLICITY, None),
        (policies.may_record, S.DRAFT, CLIENT, "role"),
        (policies.may_record, S.DRAFT, ELSEWHERE, "organisation"),
        (policies.may_record, S.WITHDRAWN, OFFICER, "ended"),
        (policies.may_check_risk, S.DRAFT, PUBLICITY, None),
        (policies.may_check_risk, S.DRAFT, OFFICER, "organisation"),
        (policies.may_check_risk, S.DECLINED, PUBLICITY, "ended"),
        (policies.may_edit, S.SCHEDULED, PUBLICITY, None),
        (policies.may_edit, S.LIVE, PUBLICITY, "live"),
        (policies.may_edit, S.PAUSED, PUBLICITY, "live"),
        (policies.may_edit, S.WITHDRAWN, PUBLICITY, "ended"),
        (policies.may_edit, S.DRAFT, OFFICER, "organisation"),
        (policies.may_decline, S.DRAFT, PUBLICITY, None),
        (policies.may_decline, S.DRAFT, SUPERVISOR, None),
        (policies.may_decline, S.DRAFT, OFFICER, "role"),
        (policies.may_decline, S.DRAFT, ELSEWHERE, "organisation"),
        (policies.may_decline, S.LIVE, PUBLICITY, "illegal_move"),
        (policies.may_authorise, S.DRAFT, SUPERVISOR, None),
        (policies.may_authorise, S.DRAFT, OFFICER, "role"),
        (policies.may_authorise, S.DRAFT, ELSEWHERE, "organisation"),
        (policies.may_authorise, S.DRAFT, PUBLICITY, "organisation"),
        (policies.may_override, S.DRAFT, INSPECTOR, None),
        (policies.may_override, S.DRAFT, SUPERVISOR, "role"),
        (policies.may_override, S.DRAFT, ELSEWHERE, "organisation"),
        (policies.may_override, S.PAUSED, INSPECTOR, None),
        (policies.may_override, S.LIVE, INSPECTOR, "live"),
        (policies.may_override, S.WITHDRAWN, INSPECTOR, "ended"),
        (policies.may_unschedule, S.SCHEDULED, PUBLICITY, None),
        (policies.may_unschedule, S.SCHEDULED, OFFICER, "organisation"),
        (policies.may_unschedule, S.LIVE, PUBLICITY, "illegal_move"),
        (policies.may_pause, S.LIVE, PUBLICITY, None),
        (policies.may_pause, S.LIVE, SUPERVISOR, None),
        (policies.may_pause, S.LIVE, OFFICER, "role"),
        (policies.may_renew, S.LIVE, PUBLICITY, None),
        (policies.may_renew, S.PAUSED, SUPERVISOR, "organisation"),
        (policies.may_renew, S.DRAFT, PUBLICITY, "illegal_move"),
        (policies.may_withdraw, S.LIVE, OFFICER, None),
        (policies.may_withdraw, S.LIVE, CLIENT, None),
        (policies.may_withdraw, S.LIVE, PUBLICITY, None),
        (policies.may_withdraw, S.LIVE, CASEWORKER, None),
        (policies.may_withdraw, S.LIVE, FAMILY, "role"),
        (policies.may_withdraw, S.LIVE, ELSEWHERE, "organisation"),
        (policies.may_withdraw, S.LIVE, MACHINE, None),
        (policies.may_withdraw, S.WITHDRAWN, MACHINE, "illegal_move"),
    ],
)
def test_each_verb(policy, status: str, actor: Actor, expected: str | None) -> None:
    assert code(policy(actor, appeal(status))) == expected


def test_some_reasons_no_inspector_overrides() -> None:
    row = appeal(no_publicity=["no_photo", "covert_operation"])
    assert code(policies.may_override(INSPECTOR, row)) == "unyielding"


@pytest.mark.parametrize(
    ("actor", "status", "facts", "expected"),
    [
        (SECOND, S.FAMILY_CONSENTED, replace(OPEN, authorised_at="then"), None),
        (SECOND, S.FAMILY_CONSENTED, OPEN, "gate_authorised"),
        (PUBLICITY, S.FAMILY_CONSENTED, replace(OPEN, authorised_at="then"), "second_person"),
        (OFFICER, S.FAMILY_CONSENTED, replace(OPEN, authorised_at="then"), "organisation"),
        (SECOND, S.LIVE, OPEN, "illegal_move"),
    ],
)
def test_publishing(actor: Actor, status: str, facts: Facts, expected: str | None) -> None:
    assert code(policies.may_publish(actor, appeal(status), facts)) == expected


@pytest.mark.parametrize(
    ("actor", "status", "facts", "expected"),
    [
        (PUBLICITY, S.PAUSED, replace(OPEN, authorised_at="then"), None),
        (PUBLICITY, S.PAUSED, replace(OPEN, authorised_at="then", family_is_danger=True), None),
        (
            PUBLICITY,
            S.PAUSED,
            replace(
                OPEN,
                authorised_at="then",
                family_is_danger=True,
                overridden=False,
                answers=(Answer("placing_authority", "given", True, True),),
                is_child=True,
            ),
            "family_danger",
        ),
        (PUBLICITY, S.PAUSED, OPEN, "gate_authorised"),
        (OFFICER, S.PAUSED, OPEN, "organisation"),
        (PUBLICITY, S.DRAFT, OPEN, "illegal_move"),
    ],
)
def test_resuming(actor: Actor, status: str, facts: Facts, expected: str | None) -> None:
    assert code(policies.may_resume(actor, appeal(status), facts)) == expected


@pytest.mark.parametrize(
    ("actor", "expected"), [(PUBLICITY, None), (CASEWORKER, "role"), (OFFICER, "organisation")]
)
def test_keeping_outlets(actor: Actor, expected: str | None) -> None:
    assert code(policies.may_manage_outlets(actor)) == expected


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (PUBLICITY, None),
        (CASEWORKER, "role"),
        (INSPECTOR, None),
        (SUPERVISOR, "role"),
        (ELSEWHERE, "organisation"),
    ],
)
def test_changing_how_a_force_shares(actor: Actor, expected: str | None) -> None:
    assert code(policies.may_change_sharing(actor, MET)) == expected


@pytest.mark.parametrize("status", S.values)
def test_an_edit_costs_an_authorisation_where_there_is_one(status: str) -> None:
    had = {S.POLICE_AUTHORISED, S.FAMILY_CONSENTED, S.SCHEDULED}
    assert policies.authorisation_is_lost(appeal(status)) is (status in had)


def test_a_photo_is_offered_by_people_of_the_force_while_it_runs() -> None:
    assert policies.may_offer_photo(OFFICER, appeal()) is None
    for actor in (ELSEWHERE, PUBLICITY, CLIENT):
        assert policies.may_offer_photo(actor, appeal()) is not None
    assert policies.may_offer_photo(OFFICER, appeal(S.WITHDRAWN)) is not None


def test_only_what_is_owed_is_settled_by_the_desk() -> None:
    def placed(status: str) -> Placement:
        return Placement(appeal=appeal(S.WITHDRAWN), status=status)

    assert policies.may_settle(PUBLICITY, placed("told")) is None
    assert policies.may_settle(PUBLICITY, placed("withdrawing")) is None
    assert policies.may_settle(OFFICER, placed("told")) is not None
    for status in ("live", "confirmed", "dropped"):
        assert policies.may_settle(PUBLICITY, placed(status)) is not None
