"""A counsellor is asked only with the relative's agreement, and how it ended is said once."""

from __future__ import annotations

import pytest

from families.services import counselling
from foundation.exceptions import Invalid, NotVisible
from foundation.states import IllegalMove

pytestmark = pytest.mark.django_db


def test_nobody_is_referred_without_their_agreement(mother, family_worker) -> None:
    given = {"actor": family_worker.actor, "member_id": mother.pk, "to": "A counsellor", "agreed": "Name"}
    with pytest.raises(Invalid):
        counselling.refer(**given, has_agreed=False)
    row = counselling.refer(**given, has_agreed=True)
    end = {"actor": family_worker.actor, "outcome": ""}
    counselling.record_outcome(**end, referral_id=row.pk, status="declined")
    with pytest.raises(IllegalMove):
        counselling.record_outcome(**end, referral_id=row.pk, status="accepted")
    with pytest.raises(NotVisible):
        counselling.record_outcome(**end, referral_id=0, status="accepted")
