"""Every from, by and to of the tables of appeals, placements and sightings."""

from __future__ import annotations

import itertools

import pytest

from appeals.enums import AppealStatus, PlacementStatus, SightingStatus, SubmissionKind
from appeals.models import Appeal, Placement, Sighting
from appeals.states import APPEAL, PLACEMENT, SIGHTING, TRIAGERS, WITHDRAWERS
from foundation.accounts.enums import POLICE, PUBLICITY_DESK, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.states import StateTable

SYSTEM = {Role.SYSTEM}
DESK = set(PUBLICITY_DESK)
A, P, S = AppealStatus, PlacementStatus, SightingStatus
EITHER = DESK | POLICE | SYSTEM

APPEAL_WAYS: dict[tuple[str, str], set[Role]] = {
    (A.REQUESTED, A.DRAFT): DESK,
    (A.DECLINED, A.DRAFT): DESK,
    (A.DRAFT, A.POLICE_AUTHORISED): set(SUPERVISORS),
    (A.POLICE_AUTHORISED, A.FAMILY_CONSENTED): EITHER,
    (A.POLICE_AUTHORISED, A.DRAFT): EITHER | {Role.API_CLIENT},
    (A.FAMILY_CONSENTED, A.DRAFT): EITHER | {Role.API_CLIENT},
    (A.SCHEDULED, A.DRAFT): EITHER | {Role.API_CLIENT},
    (A.FAMILY_CONSENTED, A.POLICE_AUTHORISED): EITHER,
    (A.SCHEDULED, A.POLICE_AUTHORISED): EITHER,
    (A.FAMILY_CONSENTED, A.SCHEDULED): DESK,
    (A.SCHEDULED, A.FAMILY_CONSENTED): DESK,
    (A.FAMILY_CONSENTED, A.LIVE): DESK,
    (A.SCHEDULED, A.LIVE): DESK | SYSTEM,
    (A.LIVE, A.PAUSED): DESK | SUPERVISORS | SYSTEM,
    (A.PAUSED, A.LIVE): DESK,
    **{
        (state, A.DECLINED): DESK | SUPERVISORS
        for state in (A.REQUESTED, A.DRAFT, A.POLICE_AUTHORISED, A.FAMILY_CONSENTED)
    },
    **{(state, A.WITHDRAWN): set(WITHDRAWERS) for state in set(A) - {A.WITHDRAWN, A.DECLINED}},
}
APPEAL_REASONS = {(A.DECLINED, A.DRAFT), (A.LIVE, A.PAUSED)}

PLACEMENT_WAYS: dict[tuple[str, str], set[Role]] = {
    (P.PLANNED, P.SENDING): SYSTEM,
    (P.FAILED, P.SENDING): SYSTEM,
    (P.PLANNED, P.LIVE): DESK | SYSTEM,
    (P.SENDING, P.LIVE): SYSTEM,
    (P.SENDING, P.FAILED): SYSTEM,
    (P.SENDING, P.UNKNOWN): SYSTEM,
    (P.UNKNOWN, P.LIVE): DESK | SYSTEM,
    (P.UNKNOWN, P.FAILED): DESK | SYSTEM,
    (P.FAILED, P.PLANNED): DESK | SYSTEM,
    (P.SENDING, P.WITHDRAWING): set(WITHDRAWERS),
    (P.LIVE, P.WITHDRAWING): set(WITHDRAWERS),
    (P.UNKNOWN, P.WITHDRAWING): set(WITHDRAWERS),
    (P.PLANNED, P.DROPPED): set(WITHDRAWERS),
    (P.FAILED, P.DROPPED): set(WITHDRAWERS),
    (P.LIVE, P.CONFIRMED): set(WITHDRAWERS),
    (P.WITHDRAWING, P.TOLD): DESK | SYSTEM,
    (P.WITHDRAWING, P.CONFIRMED): DESK | SYSTEM,
    (P.TOLD, P.CONFIRMED): DESK | SYSTEM,
    (P.CONFIRMED, P.WITHDRAWING): DESK | SYSTEM,
    (P.WITHDRAWING, P.REPLACED): DESK | SYSTEM,
    (P.TOLD, P.REPLACED): DESK | SYSTEM,
}

SIGHTING_WAYS: dict[tuple[str, str], set[Role]] = {
    (S.RECEIVED, S.TRIAGED): set(TRIAGERS),
    (S.TRIAGED, S.RECEIVED): set(TRIAGERS),
    (S.TRIAGED, S.PASSED_TO_POLICE): set(TRIAGERS),
    (S.PASSED_TO_POLICE, S.ACKNOWLEDGED): set(POLICE),
    (S.ACKNOWLEDGED, S.ASSESSED): set(POLICE),
    (S.ASSESSED, S.OUTCOME): set(POLICE),
    (S.ACKNOWLEDGED, S.OUTCOME): set(POLICE),
}


def who_may(table: StateTable, row: object, to: str, reason: str = "why") -> set[Role]:
    acting = {role: Actor(organisation_id=1, roles=frozenset({role}), user_id=7) for role in Role}
    return {role for role, actor in acting.items() if table.refusal(row, to, actor, reason) is None}


@pytest.mark.parametrize(("source", "to"), list(itertools.product(A.values, repeat=2)))
def test_an_appeal_moves_by_whom_the_table_says(source: str, to: str) -> None:
    row = Appeal(status=source)
    allowed = APPEAL_WAYS.get((source, to), set())
    assert who_may(APPEAL, row, to) == allowed
    needs = (source, to) in APPEAL_REASONS or to == A.DECLINED
    assert who_may(APPEAL, row, to, reason=" ") == (set() if needs else allowed)


@pytest.mark.parametrize("source", A.values)
def test_what_brings_a_child_rescue_alert_goes_live_from_a_draft_by_the_system_alone(source: str) -> None:
    row = Appeal(status=source, alert_id=7)
    allowed = SYSTEM if source == A.DRAFT else APPEAL_WAYS.get((source, A.LIVE), set())
    assert who_may(APPEAL, row, A.LIVE) == allowed


@pytest.mark.parametrize(("source", "to"), list(itertools.product(P.values, repeat=2)))
def test_a_placement_moves_by_whom_the_table_says(source: str, to: str) -> None:
    allowed = PLACEMENT_WAYS.get((source, to), set())
    assert who_may(PLACEMENT, Placement(status=source), to, reason="") == allowed


@pytest.mark.parametrize("kind", SubmissionKind.values)
@pytest.mark.parametrize(("source", "to"), list(itertools.product(S.values, repeat=2)))
def test_a_sighting_moves_by_whom_the_table_says(source: str, to: str, kind: str) -> None:
    allowed = SIGHTING_WAYS.get((source, to), set())
    if kind != SubmissionKind.SIGHTING and (source, to) == (S.TRIAGED, S.OUTCOME):
        allowed = set(TRIAGERS)
    row = Sighting(status=source, kind=kind)
    assert who_may(SIGHTING, row, to) == allowed
    needs = (source, to) == (S.TRIAGED, S.RECEIVED)
    assert who_may(SIGHTING, row, to, reason="") == (set() if needs else allowed)


def test_what_has_ended_has_no_way_on() -> None:
    assert APPEAL.final == (A.WITHDRAWN,)
    assert PLACEMENT.final == (P.DROPPED, P.REPLACED)
    assert SIGHTING.final == (S.OUTCOME,)
