"""Who may do what to a request, over the whole table."""

from __future__ import annotations

import itertools

import pytest
from django.utils import timezone

from foundation.accounts.enums import SUPERINTENDENTS, Role
from foundation.actors import Actor
from missingcases.subject_access.enums import RequestStatus as S
from missingcases.subject_access.states import ACCESS

pytestmark = pytest.mark.django_db
LOOKERS = {Role.AUDITOR, Role.CHARITY_MANAGER} | set(SUPERINTENDENTS)
WAYS = {
    (S.RECEIVED, S.COLLECTING): {Role.AUDITOR},
    (S.COLLECTING, S.REVIEW): {Role.SYSTEM},
    (S.REVIEW, S.SECOND_LOOK): {Role.AUDITOR},
    (S.SECOND_LOOK, S.REVIEW): LOOKERS,
    (S.SECOND_LOOK, S.MAKING): LOOKERS,
    (S.MAKING, S.READY): {Role.SYSTEM},
    (S.READY, S.GIVEN): {Role.AUDITOR},
    **{(one, S.ENDED): {Role.AUDITOR} for one in (S.RECEIVED, S.REVIEW, S.SECOND_LOOK, S.READY)},
}


def test_the_whole_table(asked) -> None:
    asked.identity_checked_at = timezone.now()
    for source, to in itertools.product(S.values, repeat=2):
        asked.status = source
        for organisation_id in (asked.organisation_id, 0):
            actors = {role: Actor(organisation_id, frozenset({role}), user_id=77) for role in Role}
            may = {role for role, one in actors.items() if ACCESS.refusal(asked, to, one, "why") is None}
            expected = WAYS.get((source, to), set())
            assert may == (expected if organisation_id else expected & {Role.SYSTEM}), (source, to)
