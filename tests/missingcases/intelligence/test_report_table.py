"""Who may do what to a report, from every state to every other."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.accounts.enums import HELPLINE, POLICE, Role
from foundation.actors import Actor
from missingcases.intelligence import policies
from missingcases.intelligence.deadlines import acknowledge_by, review_on
from missingcases.intelligence.enums import ReportStatus as S
from missingcases.intelligence.models import Line, Report
from missingcases.intelligence.states import REPORT
from tests.missingcases.intelligence import making

OURS, FORCE, AUTHOR, OTHER = 1, 2, 11, 12
WRITING = {*HELPLINE, Role.FAMILY_SUPPORT, Role.RHI_INTERVIEWER, Role.LOCAL_AUTHORITY}
DESK = {*HELPLINE, Role.LOCAL_AUTHORITY}
APPROVING = {Role.CHARITY_MANAGER, Role.LOCAL_AUTHORITY}
RECEIVING = {*POLICE, Role.API_CLIENT}
WAYS = {
    (S.DRAFT, S.WAITING): "write",
    (S.RETURNED, S.WAITING): "write",
    (S.WAITING, S.RETURNED): "another",
    (S.WAITING, S.APPROVED): "another",
    (S.APPROVED, S.RETURNED): "another",
    (S.APPROVED, S.SENT): "another",
    (S.SENT, S.ACKNOWLEDGED): "force",
    (S.ACKNOWLEDGED, S.OUTCOME): "force",
    **dict.fromkeys(((one, S.WITHDRAWN) for one in (S.DRAFT, S.WAITING, S.RETURNED)), "write"),
    **dict.fromkeys(
        ((one, S.WITHDRAWN) for one in (S.APPROVED, S.SENT, S.ACKNOWLEDGED, S.OUTCOME)), "take back"
    ),
}
FOLLOWED = {
    (S.SENT, S.ACKNOWLEDGED),
    *((one, S.WITHDRAWN) for one in (S.SENT, S.ACKNOWLEDGED, S.OUTCOME)),
}


def acting(role: Role, organisation_id: int, user_id: int) -> Actor:
    return Actor(organisation_id=organisation_id, roles=frozenset({role}), user_id=user_id, source="test")


def expected(way: str | None, organisation_id: int, user_id: int) -> set[Role]:
    if way == "force":
        return RECEIVING if organisation_id == FORCE else set()
    if way is None or organisation_id != OURS:
        return set()
    if way == "another":
        return APPROVING if user_id != AUTHOR else set()
    if way == "take back":
        return APPROVING
    return WRITING if user_id == AUTHOR else DESK


@pytest.mark.parametrize(("source", "to"), list(itertools.product(S.values, repeat=2)))
def test_the_whole_table(source: str, to: str) -> None:
    report = Report(organisation_id=OURS, force_id=FORCE, author_id=AUTHOR, status=source)
    for organisation_id, user_id in itertools.product((OURS, FORCE, 3), (AUTHOR, OTHER)):
        may = {
            role
            for role in Role
            if REPORT.refusal(report, to, acting(role, organisation_id, user_id), "why") is None
        }
        machinery = {Role.SYSTEM} if (source, to) in FOLLOWED else set()
        assert may == expected(WAYS.get((source, to)), organisation_id, user_id) | machinery
    if to in {S.RETURNED, S.WITHDRAWN} and (source, to) in WAYS:
        assert (
            REPORT.refusal(report, to, acting(Role.CHARITY_MANAGER, OURS, OTHER), "").code
            == "reason_required"
        )


@pytest.mark.parametrize("status", S.values)
def test_words_change_only_while_it_is_written(status: str) -> None:
    report = Report(organisation_id=OURS, author_id=AUTHOR, status=status)
    may = policies.may_edit(acting(Role.RHI_INTERVIEWER, OURS, AUTHOR), report) is None
    assert may == (status in {S.DRAFT, S.RETURNED})
    assert policies.may_edit(acting(Role.POLICE_OFFICER, OURS, AUTHOR), report) is not None
    assert policies.may_edit(acting(Role.RHI_INTERVIEWER, OURS, OTHER), report) is not None


@pytest.mark.django_db
def test_each_verb_asks_its_own_way(caseworker, duty_manager, met, met_officer) -> None:
    report = making.waiting(caseworker.actor, force_id=met.pk)
    asked = {
        S.DRAFT: (policies.may_submit, caseworker),
        S.WAITING: (policies.may_approve, duty_manager),
        S.APPROVED: (policies.may_send, duty_manager),
        S.SENT: (policies.may_acknowledge, met_officer),
        S.ACKNOWLEDGED: (policies.may_give_outcome, met_officer),
    }
    for status, (policy, person) in asked.items():
        for stands in S.values:
            report.status = stands
            assert (policy(person.actor, report) is None) == (stands == status or (status, stands) in _ALSO)
    report.status = S.WAITING
    assert policies.may_return(duty_manager.actor, report) is None
    assert policies.may_withdraw(caseworker.actor, report) is None
    report.lines.all().delete()
    assert policies.is_whole(Report.objects.get(pk=report.pk)) == policies.NO_LINES


_ALSO = {(S.DRAFT, S.RETURNED)}


@pytest.mark.parametrize(
    ("given", "graded"),
    [
        ({}, True),
        ({"sanitised": " "}, False),
        ({"source_grade": None}, False),
        ({"intelligence_grade": ""}, False),
        ({"handling": ""}, False),
        ({"handling": "C"}, False),
        ({"handling": "C", "conditions": "Not to the family."}, True),
    ],
)
def test_a_line_is_graded_when_nothing_is_missing(given, graded: bool) -> None:
    whole = {"sanitised": "A van.", "source_grade": 2, "intelligence_grade": "C", "handling": "P"}
    assert policies.is_graded(Line(**whole | given)) is graded


def test_the_clocks() -> None:
    at = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    assert acknowledge_by(at, "immediate") == at + timedelta(hours=1)
    assert acknowledge_by(at, "routine") == at + timedelta(hours=24)
    assert review_on(at) == date(2027, 3, 28)
    assert review_on(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2027, 7, 1)
