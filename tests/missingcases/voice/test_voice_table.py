"""Who may move an invitation from where to where, over the whole table; and who may read what."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest

from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from missingcases.voice import deadlines, policies
from missingcases.voice.enums import InvitationStatus as S
from missingcases.voice.models import Invitation
from missingcases.voice.states import ASKERS, INVITATION

WAYS = {
    (S.ASKED, S.SENT),
    (S.ASKED, S.SHOWN),
    (S.SENT, S.SHOWN),
    *itertools.product((S.ASKED, S.SENT, S.SHOWN), (S.ANSWERED, S.EXPIRED, S.WITHDRAWN)),
}
OWN, OTHER, ASKER, COLLEAGUE = 1, 2, 10, 11


@pytest.mark.parametrize(("source", "to"), list(itertools.product(S.values, repeat=2)))
def test_the_whole_table(source: str, to: str) -> None:
    row = Invitation(status=source, charity_id=OWN, asked_by_id=ASKER)
    for organisation_id, user_id in itertools.product((OWN, OTHER), (ASKER, COLLEAGUE)):
        may = {
            role
            for role in Role
            if INVITATION.refusal(row, to, Actor(organisation_id, frozenset({role}), user_id=user_id)) is None
        }
        expected: set[Role] = set()
        if (source, to) in WAYS:
            if to != S.EXPIRED and organisation_id == OWN:
                expected = set(ASKERS) if user_id == ASKER else {Role.CHARITY_MANAGER}
            if to in {S.ANSWERED, S.EXPIRED, S.WITHDRAWN}:
                expected |= {Role.SYSTEM}
        assert may == expected, (organisation_id, user_id)


READERS = {
    OrganisationKind.CHARITY: {
        Role.CHARITY_CASEWORKER,
        Role.CHARITY_MANAGER,
        Role.CHARITY_PUBLICITY,
        Role.FAMILY_SUPPORT,
    },
    OrganisationKind.POLICE_FORCE: {
        Role.POLICE_SUPERVISOR,
        Role.POLICE_INSPECTOR,
        Role.POLICE_SUPERINTENDENT,
        Role.POLICE_COORDINATOR,
    },
}


@pytest.mark.parametrize("kind", OrganisationKind)
def test_who_reads_figures_who_reads_words_and_who_asks(kind: OrganisationKind) -> None:
    def those(policy, user_id: int | None = 1) -> set[Role]:
        people = ((role, Actor(1, frozenset({role}), user_id, None, kind)) for role in Role)
        return {role for role, actor in people if policy(actor) is None}

    is_charity = kind == OrganisationKind.CHARITY
    assert those(policies.may_read_figures) == READERS.get(kind, set())
    assert those(policies.may_read_words) == ({Role.CHARITY_MANAGER} if is_charity else set())
    assert those(policies.may_ask) == (set(ASKERS) if is_charity else set())
    for policy in (policies.may_read_figures, policies.may_read_words, policies.may_ask):
        assert those(policy, None) == set()


def test_figures_are_of_quarters_that_are_over() -> None:
    now = datetime(2026, 11, 29, 1, tzinfo=UTC)
    assert deadlines.ended_quarters(2026, now) == (1, 2, 3)
    assert deadlines.ended_quarters(2025, now) == (1, 2, 3, 4)
    assert deadlines.ended_quarters(2027, now) == ()
    assert deadlines.ended_quarters(2027, datetime(2027, 3, 31, 22, tzinfo=UTC)) == ()
    assert [deadlines.latest_year(datetime(2027, month, 9, tzinfo=UTC)) for month in (1, 4)] == [2026, 2027]
    # An hour before midnight in Greenwich it is April in London.
    assert deadlines.ended_quarters(2027, datetime(2027, 3, 31, 23, tzinfo=UTC)) == (1,)
    assert deadlines.month_of(datetime(2027, 3, 31, 23, tzinfo=UTC)) == date(2027, 4, 1)
    assert [deadlines.quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 9, 12)] == [1, 1, 2, 3, 4]


def test_without_an_incident_nothing_stands_against_it() -> None:
    assert policies.may_be_asked(None, "adult", family_asked=False) is None
