"""Who may do what to a run, over the whole table."""

from __future__ import annotations

import itertools

import pytest
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases.retention import policies
from missingcases.retention.enums import RunStatus as S
from missingcases.retention.models import Run
from missingcases.retention.states import RUN

pytestmark = pytest.mark.django_db
TWO = {Role.AUDITOR, Role.ADMINISTRATOR}
WAYS = {(S.PROPOSED, S.RUNNING): TWO, (S.PROPOSED, S.WITHDRAWN): TWO, (S.RUNNING, S.DONE): {Role.SYSTEM}}


def test_the_whole_table(dpo) -> None:
    now = timezone.now()
    run = Run(organisation=dpo.organisation, proposed_by=dpo.user, proposed_at=now, before=now, keep_days=1)
    for source, to, mine, own in itertools.product(S.values, S.values, (True, False), (True, False)):
        run.status = source
        user_id = dpo.user.pk if own else 77
        organisation_id = dpo.organisation.pk if mine else 0
        actors = {role: Actor(organisation_id, frozenset({role}), user_id=user_id) for role in Role}
        may = {role for role, one in actors.items() if RUN.refusal(run, to, one, "why") is None}
        expected = set(WAYS.get((source, to), set()))
        if to != S.DONE and not mine:
            expected = set()
        if to == S.RUNNING and own:
            expected = set()
        assert may == expected, (source, to, mine, own)


def test_each_role_does_its_part(dpo, chief) -> None:
    assert policies.may_hold(dpo.actor) is None
    assert policies.may_set(chief.actor) is None
    assert policies.may_propose(dpo.actor) is None
    for refusal in (
        policies.may_hold(chief.actor),
        policies.may_set(dpo.actor),
        policies.may_propose(chief.actor),
        policies.may_read(Actor.nobody()),
    ):
        assert refusal is not None
