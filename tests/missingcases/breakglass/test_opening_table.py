"""Who may do what to an opening, over the whole table."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases.breakglass import deadlines
from missingcases.breakglass import services as breakglass
from missingcases.breakglass.enums import OpeningStatus as S
from missingcases.breakglass.services import still_concerns
from missingcases.breakglass.states import OPENING

pytestmark = pytest.mark.django_db
WAYS = {(S.OPEN, S.ENDED), (S.OPEN, S.REVIEWED), (S.ENDED, S.REVIEWED)}


@pytest.mark.parametrize(("source", "to"), list(itertools.product(S.values, repeat=2)))
def test_the_whole_table(source: str, to: str, opening) -> None:
    opening.status = source
    opening.ends_at = timezone.now() - timedelta(minutes=1) if to == S.REVIEWED else opening.ends_at
    own, other = opening.organisation_id, 0
    for organisation_id, user_id in itertools.product((own, other), (opening.opened_by_id, 77)):
        may = {
            role
            for role in Role
            if OPENING.refusal(opening, to, Actor(organisation_id, frozenset({role}), user_id=user_id), "why")
            is None
        }
        expected: set[Role] = set()
        if (source, to) in WAYS and organisation_id == own:
            is_own = user_id == opening.opened_by_id
            if to == S.ENDED:
                expected = {Role.AUDITOR} | ({Role.CHARITY_MANAGER} if is_own else set())
            elif not is_own:
                expected = {Role.AUDITOR}
        assert may == expected


def test_it_lasts_at_most_four_hours() -> None:
    now = timezone.now()
    assert deadlines.ends_at(now, 600) - now == timedelta(hours=4)


def test_what_was_reviewed_is_announced_no_more(opening, duty_manager, auditor) -> None:
    assert still_concerns(opening.pk) is None
    breakglass.end_opening(actor=duty_manager.actor, opening_id=opening.pk)
    breakglass.review_opening(
        actor=auditor.actor, opening_id=opening.pk, finding="justified", words="Read all."
    )
    assert still_concerns(opening.pk) is not None
