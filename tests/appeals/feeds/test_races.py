"""Two who decide at once, two readers at once, and a reader that is killed."""

from __future__ import annotations

import pytest

from appeals.models import SharingPolicy
from foundation.exceptions import Conflict
from tests.appeals.feeds.test_deciding import decide
from tests.missingcases.test_races import at_once


@pytest.mark.usefixtures("committing_db")
def test_two_first_decisions_at_once_are_one_and_a_conflict(desk, met) -> None:
    done, told = at_once(
        lambda: decide(desk.inspector, met, "draft", version=0),
        lambda: decide(desk.publicity, met, "off", version=0),
    )
    assert (done, [type(one) for one in told]) == (1, [Conflict])
    assert SharingPolicy.objects.count() == 1
