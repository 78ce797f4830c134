"""Two people at once, with real threads and real commits: one is first, and a yes is to what was read."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError

from alerts import services
from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, TelephoneAgreement
from foundation.accounts import services as accounts
from foundation.accounts.enums import Role
from tests.alerts import making
from tests.cast import member
from tests.missingcases.making import located
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")
S = AlertStatus


@pytest.fixture
def second_superintendent(met):
    return member("superintendent2@met.example", "Hal Frost", met, Role.POLICE_SUPERINTENDENT).actor


def test_two_authorise_at_once(room, checked, second_superintendent) -> None:
    done, told = at_once(
        lambda: services.authorise_alert(actor=room.superintendent, alert_id=checked.pk),
        lambda: services.authorise_alert(actor=second_superintendent, alert_id=checked.pk),
    )
    assert (done, len(told)) == (1, 1)
    checked.refresh_from_db()
    assert checked.status == S.FORCE_AUTHORISED


def test_one_declines_while_another_authorises(room, checked, second_superintendent) -> None:
    done, told = at_once(
        lambda: services.authorise_alert(actor=room.superintendent, alert_id=checked.pk),
        lambda: services.decline_alert(
            actor=second_superintendent, alert_id=checked.pk, reason="Not in danger."
        ),
    )
    assert (done, len(told)) == (1, 1)
    checked.refresh_from_db()
    assert checked.status in {S.FORCE_AUTHORISED, S.DECLINED}


def test_edited_while_it_is_authorised(room, checked) -> None:
    at_once(
        lambda: services.authorise_alert(
            actor=room.superintendent, alert_id=checked.pk, version=checked.version
        ),
        lambda: services.edit_content(
            actor=room.officer, alert_id=checked.pk, details=making.details(vehicle="A red van")
        ),
    )
    checked.refresh_from_db()
    assert (checked.status, checked.authorised_at) == (S.PROPOSED, None)
    assert checked.contents.count() == 2


def test_two_propose_for_one_child_at_once(room, incident, second_met_officer) -> None:
    done, told = at_once(
        *[
            lambda actor=actor: services.propose_alert(
                actor=actor,
                incident_id=incident.pk,
                content=making.details(),
                area_ids=[making.area().pk],
                form_token=uuid4(),
            )
            for actor in (room.officer, second_met_officer.actor)
        ]
    )
    assert (done, len(told)) == (1, 1)
    assert ChildRescueAlert.objects.count() == 1


def test_one_form_sent_twice_at_once_is_one_proposal(room, incident) -> None:
    token, place = uuid4(), making.area().pk
    done, _ = at_once(*[lambda: making.proposed(room, incident, form_token=token, area_ids=[place])] * 2)
    assert done == 2
    assert ChildRescueAlert.objects.count() == 1


def test_two_record_an_agreement_at_once(room, authorised) -> None:
    done, told = at_once(
        *[
            lambda actor=actor: services.record_telephone_agreement(
                actor=actor, alert_id=authorised.pk, officer_name="Ned", called_back_on="020 7946 0100"
            )
            for actor in (room.manager, room.second_manager)
        ]
    )
    assert (done, len(told)) == (1, 1)
    assert TelephoneAgreement.objects.count() == 1


def test_agreed_here_and_by_telephone_at_once(room, authorised) -> None:
    services.record_telephone_agreement(
        actor=room.manager, alert_id=authorised.pk, officer_name="Ned", called_back_on="020 7946 0100"
    )
    done, told = at_once(
        lambda: services.agree_alert(actor=room.unit, alert_id=authorised.pk),
        lambda: services.witness_agreement(actor=room.second_manager, alert_id=authorised.pk),
    )
    assert (done, len(told)) == (1, 1)
    authorised.refresh_from_db()
    assert (authorised.agreed_by_id is None) != (authorised.witnessed_by_id is None)


def test_found_while_it_is_agreed(room, authorised) -> None:
    at_once(
        lambda: services.agree_alert(actor=room.unit, alert_id=authorised.pk),
        lambda: located(room.officer, authorised.incident),
    )
    authorised.refresh_from_db()
    assert authorised.status == S.CANCELLED


def test_the_database_holds_one_running_alert_for_a_child(room, proposed) -> None:
    with pytest.raises(IntegrityError, match="alert_one_running_an_incident"):
        ChildRescueAlert.objects.create(
            incident=proposed.incident,
            force=proposed.force,
            proposed_by=proposed.proposed_by,
            proposed_at=proposed.proposed_at,
        )


def test_suspended_while_they_authorise(room, checked, met_administrator) -> None:
    """Whichever is first, a suspended person's yes does not bring it to be issued."""
    from alerts import policies
    from foundation.accounts.models import User

    at_once(
        lambda: services.authorise_alert(actor=room.superintendent, alert_id=checked.pk),
        lambda: accounts.suspend_user(
            actor=met_administrator.actor, user_id=room.superintendent.user_id, reason="Under inquiry."
        ),
    )
    assert not User.objects.get(pk=room.superintendent.user_id).is_active
    alert = ChildRescueAlert.objects.get(pk=checked.pk)
    if alert.status == S.FORCE_AUTHORISED:
        assert policies.may_agree(room.unit, alert).code == "no_longer_counts"
