"""Every from, by and to of the table of alerts."""

from __future__ import annotations

import itertools

import pytest

from alerts.enums import BEFORE_ISSUE, AlertStatus
from alerts.models import ChildRescueAlert
from alerts.states import ALERT
from foundation.accounts.enums import POLICE, Role
from tests.appeals.test_states import who_may

S = AlertStatus
SYSTEM = {Role.SYSTEM}
SUPERINTENDENT = {Role.POLICE_SUPERINTENDENT}
MANAGER = {Role.CHARITY_MANAGER}
UNIT = {Role.NATIONAL_UNIT}
WAYS: dict[tuple[str, str], set[Role]] = {
    (S.PROPOSED, S.FORCE_AUTHORISED): SUPERINTENDENT,
    # A caseworker witnesses an agreement by telephone; the policy asks whether they heard it.
    (S.FORCE_AUTHORISED, S.NCA_AGREED): UNIT | MANAGER | {Role.CHARITY_CASEWORKER},
    (S.NCA_AGREED, S.ISSUED): MANAGER,
    (S.FORCE_AUTHORISED, S.PROPOSED): POLICE | MANAGER | SYSTEM,
    (S.NCA_AGREED, S.PROPOSED): POLICE | MANAGER | SYSTEM,
    (S.PROPOSED, S.DECLINED): SUPERINTENDENT,
    (S.FORCE_AUTHORISED, S.DECLINED): UNIT | MANAGER,
    (S.NCA_AGREED, S.DECLINED): MANAGER,
    **{(state, S.CANCELLED): POLICE | MANAGER | SYSTEM for state in {*BEFORE_ISSUE, S.ISSUED}},
    (S.ISSUED, S.EXPIRED): SYSTEM,
}


@pytest.mark.parametrize(("source", "to"), list(itertools.product(S.values, repeat=2)))
def test_an_alert_moves_by_whom_the_table_says(source: str, to: str) -> None:
    row = ChildRescueAlert(status=source)
    allowed = WAYS.get((source, to), set())
    assert who_may(ALERT, row, to) == allowed
    assert who_may(ALERT, row, to, reason=" ") == (set() if to == S.DECLINED else allowed)


def test_what_has_ended_has_no_way_on() -> None:
    assert ALERT.final == (S.CANCELLED, S.EXPIRED, S.DECLINED)
