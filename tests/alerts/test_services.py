"""From a proposal to "ready to issue", and every way back or out."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from alerts import policies, selectors, services
from alerts.enums import AlertStatus, Criterion
from alerts.models import ChildRescueAlert, Comment
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.places.models import Area, AreaKind, AreaParent
from foundation.states import IllegalMove
from missingcases.models import Release
from tests.alerts import making
from tests.alerts.making import code_of
from tests.missingcases.making import ADULT, located, missing, report

pytestmark = pytest.mark.django_db
S = AlertStatus


def test_four_people_bring_it_to_be_issued(room, ready) -> None:
    assert ready.status == S.NCA_AGREED
    assert policies.may_issue(room.manager, ready) is None
    took_part = [ready.proposed_by_id, ready.authorised_by_id, ready.agreed_by_id]
    assert took_part == [room.officer.user_id, room.superintendent.user_id, room.unit.user_id]
    actions = set(AuditEvent.objects.filter(target_id=ready.pk).values_list("action", flat=True))
    wanted = {"proposed", "criterion_checked", "authorised", "agreed", "calls_ready"}
    assert {f"alerts.{one}" for one in wanted} <= actions


def test_it_begins_with_what_may_be_published_and_nothing_else(incident) -> None:
    begun = services.content_from(incident)
    assert (begun.first_name, begun.age) == ("Robin", incident.age_at_report)
    assert begun.given() == ["age", "first_name", *(["last_seen_at"] if begun.last_seen_at else [])]


def test_the_charity_never_starts_one(room, incident) -> None:
    for actor in (room.manager, room.unit):
        with pytest.raises((Refused, NotVisible)):
            services.propose_alert(
                actor=actor, incident_id=incident.pk, content=making.details(), area_ids=[making.area().pk]
            )
        with pytest.raises(Refused):
            services.propose_alert(actor=actor, content=making.details(), area_ids=[making.area().pk])
    assert not ChildRescueAlert.objects.exists()


def test_another_force_and_an_adult_and_somebody_found(room, incident, kent_officer, met_supervisor) -> None:
    given = {"content": making.details(), "area_ids": [making.area().pk]}
    with pytest.raises(NotVisible):
        services.propose_alert(actor=kent_officer.actor, incident_id=incident.pk, **given)
    adult = missing(met_supervisor.actor, report(room.officer, date_of_birth=ADULT))
    with pytest.raises(Refused) as wrong:
        services.propose_alert(actor=room.officer, incident_id=adult.pk, **given)
    assert code_of(wrong) == "adult"
    located(room.officer, incident)
    with pytest.raises(Refused) as wrong:
        services.propose_alert(actor=room.officer, incident_id=incident.pk, **given)
    assert code_of(wrong) == "not_open"


def test_one_form_is_one_proposal_and_one_child_has_one_alert(room, incident) -> None:
    token = uuid4()
    first = making.proposed(room, incident, form_token=token)
    assert making.proposed(room, incident, form_token=token) == first
    with pytest.raises(Refused) as wrong:
        making.proposed(room, incident)
    assert code_of(wrong) == "running"


def test_what_the_charity_and_the_unit_learn_is_released(room, authorised) -> None:
    told = Release.objects.filter(incident_id=authorised.incident_id).order_by("pk")
    assert [one.desk for one in told] == ["charity_manager", "national_unit", "national_unit"]
    assert "last_seen_place" in told[0].field_names


def test_nobody_says_yes_before_everything_is_there(room, incident) -> None:
    alert = making.proposed(room, incident, area_ids=[])
    with pytest.raises(Refused) as wrong:
        services.authorise_alert(actor=room.superintendent, alert_id=alert.pk)
    assert code_of(wrong) == "not_ready"
    assert len(policies.missing(alert)) == len(Criterion) + 1


def test_a_criterion_that_fails_sets_every_yes_aside(room, agreed) -> None:
    services.check_criterion(
        actor=room.officer, alert_id=agreed.pk, criterion=Criterion.UNDER_18, is_met=False, evidence="19."
    )
    agreed.refresh_from_db()
    assert (agreed.status, agreed.authorised_by_id, agreed.agreed_at) == (S.PROPOSED, None, None)
    assert policies.missing(agreed)


def test_other_words_are_decided_anew(room, agreed) -> None:
    services.edit_content(actor=room.manager, alert_id=agreed.pk, details=making.details(vehicle="A red van"))
    agreed.refresh_from_db()
    assert (agreed.status, agreed.authorised_at) == (S.PROPOSED, None)
    newest = selectors.newest_content(agreed)
    assert (newest.number, newest.vehicle) == (2, "A red van")
    assert agreed.contents.get(number=1).vehicle == "A blue van"


def test_other_areas_are_decided_anew(room, authorised) -> None:
    kent = making.area("Kent", "E10000016", AreaKind.COUNTY)
    services.choose_areas(actor=room.officer, alert_id=authorised.pk, area_ids=[kent.pk])
    authorised.refresh_from_db()
    assert authorised.status == S.PROPOSED
    assert selectors.area_ids_of(authorised) == [kent.pk]


def test_nobody_overwrites_what_they_have_not_read(room, checked) -> None:
    stale = checked.version
    services.edit_content(actor=room.officer, alert_id=checked.pk, details=making.details(), version=stale)
    with pytest.raises(Conflict):
        services.edit_content(
            actor=room.manager, alert_id=checked.pk, details=making.details(), version=stale
        )
    with pytest.raises(Conflict):
        services.authorise_alert(actor=room.superintendent, alert_id=checked.pk, version=stale)


def test_an_outline_is_closed_and_checked(room, proposed) -> None:
    content = services.set_polygon(
        actor=room.officer, alert_id=proposed.pk, polygon="51.5,-0.1 51.6,-0.1 51.6,0.0"
    )
    assert content.polygon == "51.50000,-0.10000 51.60000,-0.10000 51.60000,0.00000 51.50000,-0.10000"
    for bad in ("51.5,-0.1 51.6,-0.1", "-0.1,51.5 -0.1,51.6 0,51.6", "here", "51,0 52,1 52,0 51,1 51,0"):
        with pytest.raises(Invalid) as wrong:
            services.set_polygon(actor=room.officer, alert_id=proposed.pk, polygon=bad)
        assert list(wrong.value.problems) == ["polygon"]


def test_wales_is_written_to_in_welsh_too(room, incident) -> None:
    wales = making.area("Wales", "W92000004", AreaKind.NATION)
    cardiff = making.area("Cardiff", "W06000015", AreaKind.DISTRICT)
    AreaParent.objects.create(child=cardiff, parent=wales)
    alert = making.proposed(room, incident, area_ids=[cardiff.pk])
    assert [one.language for one in selectors.wordings_of(selectors.newest_content(alert))] == ["en", "cy"]
    only_english = replace(
        making.details(),
        wordings=(services.Words("en", "Help", "A child is missing.", "Call 999.", "Call 999"),),
    )
    services.edit_content(actor=room.officer, alert_id=alert.pk, details=only_english)
    assert any("Welsh" in one for one in policies.missing(alert))


@pytest.mark.parametrize(
    "wrong_field",
    [{"first_name": " "}, {"age": 18}, {"clothing": "x" * 301}, {"suspect": "x" * 2001}, {"polygon": "1"}],
)
def test_what_cannot_be_said_is_refused(room, proposed, wrong_field) -> None:
    with pytest.raises(Invalid) as wrong:
        services.edit_content(actor=room.officer, alert_id=proposed.pk, details=making.details(**wrong_field))
    assert list(wrong.value.problems) == list(wrong_field)
    assert proposed.contents.count() == 1


@pytest.mark.parametrize("who", ["officer", "superintendent", "unit"])
def test_a_suspended_persons_step_no_longer_counts(room, ready, who) -> None:
    from foundation.accounts.models import User

    User.objects.filter(pk=getattr(room, who).user_id).update(is_active=False)
    assert policies.may_issue(room.manager, ready).code == "no_longer_counts"


def test_all_are_asked_again_once_somebody_was_suspended(room, ready, second_met_officer) -> None:
    from foundation.accounts.models import User

    User.objects.filter(pk=room.officer.user_id).update(is_active=False)
    alert = services.ask_again(
        actor=second_met_officer.actor, alert_id=ready.pk, reason="The proposer was suspended."
    )
    assert (alert.status, alert.proposed_by_id) == (S.PROPOSED, second_met_officer.user.pk)
    services.authorise_alert(actor=room.superintendent, alert_id=alert.pk)
    services.agree_alert(actor=room.unit, alert_id=alert.pk)
    alert.refresh_from_db()
    assert policies.may_issue(room.manager, alert) is None


def test_who_would_say_yes_may_say_no(room, incident) -> None:
    alert = making.proposed(room, incident)
    with pytest.raises(Refused):
        services.decline_alert(actor=room.manager, alert_id=alert.pk, reason="No.")
    with pytest.raises((Refused, Invalid)):
        services.decline_alert(actor=room.superintendent, alert_id=alert.pk, reason=" ")
    services.decline_alert(actor=room.superintendent, alert_id=alert.pk, reason="Not in danger.")
    alert.refresh_from_db()
    assert (alert.status, alert.declined_reason) == (S.DECLINED, "Not in danger.")
    with pytest.raises((IllegalMove, Refused)):
        services.authorise_alert(actor=room.superintendent, alert_id=alert.pk)
    making.proposed(room, incident)


def test_the_unit_says_no(room, agreed) -> None:
    services.ask_again(actor=room.officer, alert_id=agreed.pk, reason="Once more.")
    services.authorise_alert(actor=room.superintendent, alert_id=agreed.pk)
    services.decline_alert(actor=room.unit, alert_id=agreed.pk, reason="Not enough is known.")
    agreed.refresh_from_db()
    assert agreed.ended_by_id == room.unit.user_id


def test_one_person_calls_it_off(room, agreed) -> None:
    services.call_off(actor=room.officer, alert_id=agreed.pk, cancel_reason="found_safe")
    agreed.refresh_from_db()
    assert (agreed.status, agreed.cancel_reason) == (S.CANCELLED, "found_safe")


def test_a_comment_is_said_once_by_whoever_sees_it(room, authorised, caseworker) -> None:
    token = uuid4()
    for _ in range(2):
        services.comment(actor=room.unit, alert_id=authorised.pk, text="Is the van marked?", form_token=token)
    assert Comment.objects.count() == 1
    with pytest.raises(NotVisible):
        services.comment(actor=caseworker.actor, alert_id=authorised.pk, text="?", form_token=uuid4())


def test_who_sees_it(room, incident, kent_officer, caseworker, publicity_officer, auditor) -> None:
    alert = making.proposed(room, incident)
    for actor in (room.officer, room.superintendent, room.manager):
        assert set(selectors.visible_to(actor)) == {alert}
    hidden = [one.actor for one in (kent_officer, caseworker, publicity_officer, auditor)]
    for actor in (*hidden, room.unit):
        assert not selectors.visible_to(actor).exists()
    making.authorised(room, alert)
    assert set(selectors.visible_to(room.unit)) == {alert}


def test_a_rehearsal_is_about_nobody_and_goes_the_same_way(room, rehearsal, kent_officer) -> None:
    assert (rehearsal.is_rehearsal, rehearsal.incident_id) == (True, None)
    alert = making.ready(room, rehearsal)
    assert policies.may_issue(room.manager, alert) is None
    assert not Release.objects.exists()
    assert not selectors.visible_to(kent_officer.actor).exists()
    with pytest.raises(Invalid):
        services.call_off(actor=room.officer, alert_id=alert.pk, cancel_reason="found_safe")


def test_nothing_goes_on_once_the_child_is_found(room, ready) -> None:
    located(room.officer, ready.incident)
    ready.refresh_from_db()
    alert = ChildRescueAlert.objects.select_related("incident").get(pk=ready.pk)
    refused = policies.may_issue(room.manager, alert)
    assert refused is not None
    assert refused.code in {"not_open", "illegal_move"}


def test_areas_have_to_be_of_today(room, proposed) -> None:
    from datetime import date

    gone = Area.objects.create(kind=AreaKind.BOROUGH, name="Gone", code="gone", ends_on=date(2020, 1, 1))
    for wrong in ([gone.pk], [], [making.area().pk] * 2):
        with pytest.raises(Invalid):
            services.choose_areas(actor=room.officer, alert_id=proposed.pk, area_ids=wrong)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 min 00 s"), (260, "4 min 20 s"), (3_840, "1 h 04 min"), (-3, "0 min 00 s")]
)
def test_the_clock_of_the_room(seconds, words) -> None:
    from datetime import timedelta

    from alerts.turns import took

    assert took(timedelta(seconds=seconds)) == words
