"""From the request to publication and withdrawal, by the verbs people use."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from appeals import selectors, services
from appeals.enums import OURS, AppealStatus, Channel, PlacementStatus, WithdrawCause
from appeals.models import Appeal, Placement, PublicAppeal, PublicPlacement
from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases.models import Incident, Release
from tests.appeals import making
from tests.missingcases.making import located

pytestmark = pytest.mark.django_db
S = AppealStatus


def is_public(appeal: Appeal) -> bool | None:
    return PublicAppeal.objects.filter(pk=appeal.pk).values_list("is_live", flat=True).first()


def test_an_appeal_goes_from_request_to_live_and_is_gone_with_the_finding(desk, ready, incident) -> None:
    ready.refresh_from_db()
    assert ready.status == S.FAMILY_CONSENTED
    making.outlet()
    making.outlet(Channel.MASTODON)
    live = services.publish_appeal(actor=desk.second, appeal_id=ready.pk)
    assert live.status == S.LIVE
    assert is_public(live) is True
    states = {one.outlet.channel: one.status for one in selectors.placements_of(live)}
    assert states == {**dict.fromkeys(OURS, PlacementStatus.LIVE), Channel.MASTODON: PlacementStatus.PLANNED}

    located(desk.officer, incident)
    live.refresh_from_db()
    assert (live.status, live.withdrawn_cause) == (S.WITHDRAWN, WithdrawCause.STOPPED)
    assert is_public(live) is False
    states = {one.outlet.channel: one.status for one in selectors.placements_of(live)}
    gone = {**dict.fromkeys(OURS, PlacementStatus.CONFIRMED), Channel.MASTODON: PlacementStatus.DROPPED}
    assert states == gone


def test_what_an_outlet_may_show_is_to_be_told(desk, live, incident) -> None:
    social = Placement.objects.create(
        appeal=live,
        outlet=making.outlet(Channel.MASTODON),
        content=selectors.newest_content(live),
        status=PlacementStatus.LIVE,
        live_at=timezone.now(),
        planned_at=timezone.now(),
    )
    located(desk.officer, incident)
    social.refresh_from_db()
    assert social.status == PlacementStatus.WITHDRAWING
    assert social.next_at is not None
    assert PublicPlacement.objects.get(pk=social.pk).is_live is False
    assert [entry.what for entry in social.ledger.all()] == ["to_be_told"]


def test_an_incident_that_is_not_open_shows_nothing_even_where_nobody_withdrew(live, incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(starts_held=True)
    assert is_public(live) is False


@pytest.mark.parametrize(
    ("left_out", "gate"),
    [("risk", "risk_checked"), ("consent", "consent"), ("authorised", "authorised")],
)
def test_a_shut_gate_keeps_it_from_being_published(desk, appeal, left_out, gate) -> None:
    making.outlet()
    services.take_up(actor=desk.publicity, appeal_id=appeal.pk)
    if left_out != "risk":
        services.check_risk(
            actor=desk.publicity, appeal_id=appeal.pk, words="None.", balance="For it.", no_publicity=()
        )
    if left_out != "consent":
        making.consented(desk.publicity, appeal)
    if left_out != "authorised":
        making.authorised(desk.supervisor, appeal)
    with pytest.raises(Refused) as refused:
        services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    assert refused.value.refusal.code == f"gate_{gate}"
    assert not Placement.objects.exists()


def test_whoever_prepared_it_does_not_publish_it(desk, ready) -> None:
    making.outlet()
    with pytest.raises(Refused) as refused:
        services.publish_appeal(actor=desk.publicity, appeal_id=ready.pk)
    assert refused.value.refusal.code == "second_person"


def test_an_edit_sends_it_back_to_be_authorised_anew(desk, ready) -> None:
    services.save_content(
        actor=desk.publicity,
        appeal_id=ready.pk,
        details=making.details(clothing="A blue coat."),
        picture_id=None,
    )
    ready.refresh_from_db()
    assert (ready.status, ready.authorised_at) == (S.DRAFT, None)


def test_a_supervisor_authorises_the_version_they_read(desk, appeal) -> None:
    making.checked(desk.publicity, appeal)
    services.save_content(
        actor=desk.publicity, appeal_id=appeal.pk, details=making.details(), picture_id=None
    )
    with pytest.raises(Invalid):
        services.authorise(actor=desk.supervisor, appeal_id=appeal.pk, content_number=1)
    appeal.refresh_from_db()
    assert appeal.status == S.DRAFT


def test_an_officer_does_not_authorise(desk, appeal) -> None:
    making.checked(desk.publicity, appeal)
    with pytest.raises(Refused):
        making.authorised(desk.officer, appeal)


def test_an_inspector_overrides_missing_consent_with_a_reason(desk, appeal) -> None:
    making.checked(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    with pytest.raises(Refused):
        services.override_consent(actor=desk.supervisor, appeal_id=appeal.pk, reason="No family is known.")
    with pytest.raises(Invalid):
        services.override_consent(actor=desk.inspector, appeal_id=appeal.pk, reason=" ")
    services.override_consent(actor=desk.inspector, appeal_id=appeal.pk, reason="No family is known.")
    appeal.refresh_from_db()
    assert appeal.status == S.FAMILY_CONSENTED


def test_nobody_overrides_a_court_order(desk, appeal) -> None:
    making.checked(desk.publicity, appeal, no_publicity=("child_identity_order",))
    with pytest.raises(Refused) as refused:
        services.override_consent(actor=desk.inspector, appeal_id=appeal.pk, reason="Urgent.")
    assert refused.value.refusal.code == "unyielding"


def test_a_child_needs_somebody_with_parental_responsibility(desk) -> None:
    child = making.open_incident(desk.officer, desk.supervisor, date_of_birth=None, estimated_age=14)
    appeal = making.asked(desk.officer, child, content=making.details(age=14))
    making.checked(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    making.consented(desk.publicity, appeal)
    appeal.refresh_from_db()
    assert appeal.status == S.POLICE_AUTHORISED
    making.consented(desk.publicity, appeal, by="parental_responsibility")
    appeal.refresh_from_db()
    assert appeal.status == S.FAMILY_CONSENTED
    with pytest.raises(Refused) as refused:
        services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    assert refused.value.refusal.code == "gate_wishes"


def test_consent_taken_back_withdraws_what_is_live_at_once(desk, live) -> None:
    making.consented(desk.publicity, live, status="withdrawn")
    live.refresh_from_db()
    assert (live.status, live.withdrawn_cause) == (S.WITHDRAWN, WithdrawCause.CONSENT_WITHDRAWN)
    assert is_public(live) is False


def test_consent_refused_takes_a_scheduled_appeal_back(desk, ready) -> None:
    making.outlet()
    services.publish_appeal(
        actor=desk.second, appeal_id=ready.pk, publish_at=timezone.now() + timedelta(hours=2)
    )
    making.consented(desk.publicity, ready, status="refused")
    ready.refresh_from_db()
    assert (ready.status, ready.publish_at) == (S.POLICE_AUTHORISED, None)


def test_one_person_of_either_side_withdraws(desk, live) -> None:
    services.withdraw_appeal(
        actor=desk.officer, appeal_id=live.pk, cause=WithdrawCause.POLICE_VETO, reason="A lead."
    )
    live.refresh_from_db()
    assert (live.status, live.withdrawn_cause) == (S.WITHDRAWN, WithdrawCause.POLICE_VETO)


def test_a_scheduled_appeal_is_published_when_its_time_comes(desk, ready) -> None:
    making.outlet()
    soon = timezone.now() + timedelta(seconds=1)
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, publish_at=soon)
    assert services.publish_due(now=timezone.now()) == 0
    Appeal.objects.filter(pk=ready.pk).update(publish_at=timezone.now())
    assert services.publish_due(now=timezone.now()) == 1
    assert is_public(ready) is True


def test_a_paused_appeal_is_gone_and_comes_back(desk, live) -> None:
    services.pause(actor=desk.publicity, appeal_id=live.pk, reason="The family asked for a day.")
    assert is_public(live) is False
    services.resume(actor=desk.publicity, appeal_id=live.pk)
    assert is_public(live) is True


def test_the_same_form_asks_once(desk, incident) -> None:
    token = uuid4()
    first = making.asked(desk.officer, incident, form_token=token)
    assert making.asked(desk.officer, incident, form_token=token) == first
    assert Appeal.objects.count() == 1


def test_what_the_charity_learns_is_released_field_by_field(appeal) -> None:
    release = Release.objects.get(incident=appeal.incident)
    assert release.desk == "charity_publicity"
    assert release.field_names == [
        "age",
        "appeal",
        "clothing",
        "description",
        "first_name",
        "missing_since",
        "surname",
    ]


def test_the_other_force_and_other_desks_find_nothing(
    appeal, kent_officer, kent_supervisor, family_worker, authority_worker, auditor
) -> None:
    for member in (kent_officer, kent_supervisor, family_worker, authority_worker, auditor):
        assert not selectors.appeals_visible_to(member.actor).exists()
        with pytest.raises(NotVisible):
            services.decline(
                actor=member.actor, appeal_id=appeal.pk, reasons=["no_photo"], reason="Not mine."
            )


def test_two_people_at_once_do_not_write_over_each_other(desk, appeal) -> None:
    making.checked(desk.publicity, appeal)
    appeal.refresh_from_db()
    read = appeal.version
    services.save_content(
        actor=desk.publicity, appeal_id=appeal.pk, details=making.details(), picture_id=None, version=read
    )
    with pytest.raises(Conflict):
        services.save_content(
            actor=desk.second, appeal_id=appeal.pk, details=making.details(), picture_id=None, version=read
        )


def test_nothing_is_asked_for_once_the_person_is_found(desk, incident) -> None:
    located(desk.officer, incident)
    with pytest.raises(Refused):
        making.asked(desk.officer, incident)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"first_name": "x" * 61}, "first_name"),
        ({"age": 126}, "age"),
        ({"area_id": 0}, "area"),
        ({"show_surname": True, "surname": ""}, "surname"),
    ],
)
def test_content_that_cannot_be_taken_names_the_field_and_changes_nothing(desk, appeal, given, field) -> None:
    values = {"area_id": making.area().pk} | given
    with pytest.raises(Invalid) as problem:
        services.save_content(
            actor=desk.publicity,
            appeal_id=appeal.pk,
            details=services.ContentDetails(
                **{"first_name": "Robin", "missing_since": timezone.localdate()} | values
            ),
            picture_id=None,
        )
    assert field in problem.value.problems
    assert appeal.contents.count() == 1
