"""Where somebody in the family may be the danger, their yes opens nothing."""

from __future__ import annotations

import pytest

from appeals import selectors, services
from appeals.enums import AppealStatus
from foundation.access import Refused
from missingcases.policies import FAMILY_DANGER
from missingcases.services import set_flag
from tests.appeals import making

pytestmark = pytest.mark.django_db


def test_a_yes_of_the_family_is_neither_taken_nor_counted_and_an_inspector_decides(
    desk, ready, incident
) -> None:
    set_flag(
        actor=desk.officer, incident_id=incident.pk, kind="honour_based_abuse", status="suspected",
        source="A teacher",
    )  # fmt: skip
    for act in (
        lambda: making.consented(desk.publicity, ready),
        lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert FAMILY_DANGER.message in caught.value.refusal.message
    assert selectors.facts_of(ready).family_is_danger

    making.consented(desk.publicity, ready, status="refused", covers_photo=False, covers_surname=False)
    ready.refresh_from_db()
    # Whoever authorised it had not known.
    assert ready.status == AppealStatus.DRAFT
    making.authorised(desk.supervisor, ready)
    services.override_consent(
        actor=desk.inspector, appeal_id=ready.pk, reason="She is with her aunt, who is safe and agrees."
    )
    live = services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
    assert live.status == AppealStatus.LIVE
