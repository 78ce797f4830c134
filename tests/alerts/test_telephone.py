"""The national unit's yes by telephone: two people of the charity, and neither of them issues."""

from __future__ import annotations

import pytest

from alerts import policies, selectors, services
from alerts.enums import AlertStatus
from alerts.models import TelephoneAgreement
from foundation.access import Refused
from foundation.exceptions import Invalid
from tests.alerts.making import code_of

pytestmark = pytest.mark.django_db
S = AlertStatus
NUMBER = "020 7946 0100"


def recorded(room, alert) -> TelephoneAgreement:
    return services.record_telephone_agreement(
        actor=room.manager, alert_id=alert.pk, officer_name="Ned Castle", called_back_on=NUMBER
    )


def test_agreement_by_telephone_takes_two_and_neither_issues(room, authorised) -> None:
    with pytest.raises(Invalid):
        services.record_telephone_agreement(
            actor=room.manager,
            alert_id=authorised.pk,
            officer_name="Ned Castle",
            called_back_on="07700 900123",
        )
    recorded(room, authorised)
    with pytest.raises(Refused) as wrong:
        services.witness_agreement(actor=room.manager, alert_id=authorised.pk)
    assert code_of(wrong) == "other_person"
    services.witness_agreement(actor=room.second_manager, alert_id=authorised.pk)
    alert = services.confirm_call_handling(actor=room.officer, alert_id=authorised.pk)
    assert (alert.status, alert.agreed_by_id) == (S.NCA_AGREED, None)
    for actor in (room.manager, room.second_manager):
        assert policies.may_issue(actor, alert).code == "other_person"
    assert policies.may_issue(room.third_manager, alert) is None


def test_a_recorded_agreement_is_taken_back(room, authorised) -> None:
    recorded(room, authorised)
    services.take_back_agreement(actor=room.second_manager, alert_id=authorised.pk)
    assert selectors.agreement_of(authorised) is None
    with pytest.raises(Refused):
        services.witness_agreement(actor=room.second_manager, alert_id=authorised.pk)
    services.agree_alert(actor=room.unit, alert_id=authorised.pk)
