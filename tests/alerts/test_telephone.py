"""The national unit's yes by telephone: two people of the charity, and neither of them issues."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alerts import policies, selectors, services
from alerts.contributions import alert_work
from alerts.enums import AlertStatus
from alerts.models import TelephoneAgreement
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.exceptions import Invalid, NotVisible
from tests.alerts.making import code_of
from tests.cast import member

pytestmark = pytest.mark.django_db
S = AlertStatus
NUMBER = "020 7946 0100"


def recorded(room, alert, **given: object) -> TelephoneAgreement:
    return services.record_telephone_agreement(
        actor=room.manager, alert_id=alert.pk, officer_name="Ned Castle", called_back_on=NUMBER, **given
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


def test_two_duty_managers_are_enough_where_a_caseworker_heard_the_call(
    client, room, authorised, caseworker
) -> None:
    def there(name: str, who=caseworker) -> int:
        return who.sign_in(client).get(reverse(f"alerts:{name}", args=[authorised.reference])).status_code

    assert [there("room"), there("witness")] == [404, 404]
    recorded(room, authorised, asked_id=caseworker.user.pk)
    other = member("other@charity.example", "Lee Marsh", caseworker.organisation, Role.CHARITY_CASEWORKER)
    assert there("room", other) == 404
    assert [there("room"), there("live"), there("witness")] == [200, 200, 200]
    for name in ("content", "issue", "record", "report", "call_off", "again"):
        assert there(name) == 403, name
    assert client.get(reverse("alerts:listing")).status_code == 403
    assert alert_work(other.actor) is None
    (item,) = alert_work(caseworker.actor).items
    assert item.words == f"Witness the agreement to alert {authorised.reference}"
    assert "Call it off" not in client.get(item.url).content.decode()

    authorised.refresh_from_db()
    address = reverse("alerts:witness", args=[authorised.reference])
    done = client.post(address, {"heard": "on", "version": authorised.version}, follow=True)
    assert done.status_code == 200
    assert "It is agreed." in done.content.decode()
    alert = services.confirm_call_handling(actor=room.officer, alert_id=authorised.pk)
    assert (alert.status, alert.witnessed_by_id) == (S.NCA_AGREED, caseworker.user.pk)
    assert [there("room"), there("live"), there("witness")] == [404, 404, 404]
    assert policies.fallen(alert) is None
    assert policies.may_issue(room.manager, alert).code == "other_person"
    assert policies.may_issue(room.second_manager, alert) is None


def test_who_may_be_named_as_having_heard_the_call(room, authorised, publicity_officer, caseworker) -> None:
    outsiders = (room.officer.user_id, publicity_officer.user.pk, room.manager.user_id)
    for user_id in outsiders:
        with pytest.raises(Invalid):
            recorded(room, authorised, asked_id=user_id)
    recorded(room, authorised, asked_id=caseworker.user.pk)
    services.take_back_agreement(actor=room.second_manager, alert_id=authorised.pk)
    assert authorised not in selectors.visible_to(caseworker.actor)
    with pytest.raises(NotVisible):
        services.witness_agreement(actor=caseworker.actor, alert_id=authorised.pk)
