"""Every row of the table of triggers (domain.md section 2) raises its action, for whom and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.models import Action, ActionRule, Incident
from tests.missingcases import making

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def child(met_officer, lambeth) -> Incident:
    return making.report(
        met_officer.actor, date_of_birth=making.child_born(), placing_authority_id=lambeth.pk
    )


@pytest.fixture
def adult(met_officer) -> Incident:
    return making.report(met_officer.actor, date_of_birth=making.ADULT)


def flag(actor, incident: Incident, kind: str, status: str = "suspected", **given: object) -> None:
    services.set_flag(
        actor=actor, incident_id=incident.pk, kind=kind, status=status, source="Social worker", **given
    )


def raised(incident: Incident) -> set[tuple[str, str]]:
    return {(one.kind, one.owner.code) for one in incident.actions.select_related("owner")}


def report_again(actor, first: Incident, *, days_ago: float) -> Incident:
    return making.report(
        actor,
        person_reference=first.person.reference,
        reported_at=NOW() - timedelta(days=days_ago),
        placing_authority_id=first.placing_authority_id,
    )


def test_an_action_that_a_rule_raises_leaves_an_entry_for_whom_it_is(met_supervisor, lambeth, child) -> None:
    flag(met_supervisor.actor, child, "trafficking")
    action = child.actions.filter(owner=lambeth).first()
    entry = AuditEvent.objects.get(action="action.raised", target_id=action.pk)
    assert (entry.incident_id, entry.on_behalf_of_id) == (child.pk, lambeth.pk)


@pytest.mark.parametrize(("days", "asked"), [((20, 10), True), ((80, 40), True), ((100, 40), False)])
def test_three_reports_in_thirty_or_in_ninety_days_ask_both_sides_for_a_strategy_discussion(
    days: tuple[int, int], asked: bool, met_officer, lambeth
) -> None:
    first = making.report(
        met_officer.actor,
        date_of_birth=making.child_born(),
        placing_authority_id=lambeth.pk,
        reported_at=NOW() - timedelta(days=days[0]),
    )
    report_again(met_officer.actor, first, days_ago=days[1])
    third = report_again(met_officer.actor, first, days_ago=0)
    both = {("strategy_discussion", "metropolitan"), ("strategy_discussion", "la-lambeth")}
    assert raised(third) == (both if asked else set())


def test_a_cancelled_record_is_no_third_report(met_officer, met_supervisor, child) -> None:
    second = report_again(met_officer.actor, child, days_ago=0)
    services.cancel_incident(
        actor=met_supervisor.actor, incident_id=second.pk, cause="recorded_in_error", reason="Typed twice."
    )
    assert raised(report_again(met_officer.actor, child, days_ago=0)) == set()


def test_over_a_day_asks_both_sides_once(child) -> None:
    Incident.objects.filter(pk=child.pk).update(reported_at=NOW() - timedelta(hours=24, minutes=1))
    assert services.watch_lengths() == 2
    assert services.watch_lengths() == 0
    assert raised(child) == {("strategy_discussion", "metropolitan"), ("strategy_discussion", "la-lambeth")}


def test_somebody_found_after_a_day_is_discussed_though_nobody_had_looked_yet(met_officer, child) -> None:
    Incident.objects.filter(pk=child.pk).update(reported_at=NOW() - timedelta(hours=25))
    making.located(met_officer.actor, child)
    assert ("strategy_discussion", "la-lambeth") in raised(child)


def test_somebody_found_within_a_day_is_not(met_officer, child) -> None:
    making.located(met_officer.actor, child)
    assert raised(child) == set()


def test_a_child_who_stays_absent_is_graded_again_after_the_limit(met_officer, met_supervisor, child) -> None:
    making.absent(met_supervisor.actor, child)
    grown = making.report(met_officer.actor, date_of_birth=making.ADULT, given_names="Robin")
    making.absent(met_supervisor.actor, grown)
    Incident.objects.update(reported_at=NOW() - timedelta(hours=7))
    assert services.watch_lengths() == 1
    assert raised(child) == {("grade_again", "metropolitan")}


def test_suspected_child_trafficking_goes_to_the_authority_first_then_to_the_referral(
    met_officer, child
) -> None:
    flag(met_officer.actor, child, "trafficking")
    steps = child.actions.order_by("due_at").values_list("kind", "owner__code")
    assert list(steps) == [("tell_local_authority", "la-lambeth"), ("nrm_referral", "la-lambeth")]


def test_a_child_without_an_authority_leaves_both_steps_with_the_force(met_officer) -> None:
    alone = making.report(met_officer.actor, date_of_birth=making.child_born())
    flag(met_officer.actor, alone, "trafficking")
    assert raised(alone) == {("tell_local_authority", "metropolitan"), ("nrm_referral", "metropolitan")}


def test_an_adult_is_asked_for_consent_to_a_referral(met_officer, adult) -> None:
    flag(met_officer.actor, adult, "trafficking")
    assert raised(adult) == {("nrm_consent", "metropolitan")}


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        ("cse", {"mash_referral"}),
        ("terrorism", {"counter_terrorism"}),
        ("abduction", {"crime_record", "consider_alert", "port_alert"}),
        ("dementia", set()),
    ],
)
def test_what_a_flag_asks_of_the_force(kind: str, actions: set[str], met_officer, child) -> None:
    flag(met_officer.actor, child, kind)
    assert raised(child) == {(one, "metropolitan") for one in actions}


def test_no_alert_for_a_child_is_considered_for_an_adult(met_officer, adult) -> None:
    flag(met_officer.actor, adult, "abduction")
    assert {one for one, _ in raised(adult)} == {"crime_record", "port_alert"}


def test_confirming_a_suspicion_asks_nothing_twice(met_officer, met_supervisor, child) -> None:
    flag(met_officer.actor, child, "cse")
    flag(met_officer.actor, child, "cse", "confirmed")
    flag(met_supervisor.actor, child, "cse", "ruled_out", reason="Another girl.")
    flag(met_officer.actor, child, "cse")
    assert Action.objects.filter(kind="mash_referral").count() == 1


def test_what_only_the_force_may_know_is_no_task_of_the_authoritys(met_officer, child) -> None:
    flag(met_officer.actor, child, "trafficking", sensitivity="owner_only")
    assert {owner for _, owner in raised(child)} == {"metropolitan"}


def test_an_adult_who_turns_out_to_be_a_child_is_told_to_the_authority(met_officer, lambeth) -> None:
    thought = making.report(met_officer.actor, estimated_age=19, placing_authority_id=lambeth.pk)
    flag(met_officer.actor, thought, "trafficking")
    services.edit_person(
        actor=met_officer.actor,
        incident_id=thought.pk,
        version=thought.person.version,
        changes={"date_of_birth": making.child_born()},
    )
    assert {("tell_local_authority", "la-lambeth"), ("nrm_referral", "la-lambeth")} <= raised(thought)


def test_an_administrators_rule_holds_from_then_on(met_officer, administrator, child) -> None:
    rule = ActionRule.objects.get(flag_kind="cse")
    services.save_action_rule(
        actor=administrator.actor,
        rule_id=rule.pk,
        version=rule.version,
        values={"action_owner": "placing_authority"},
    )
    flag(met_officer.actor, child, "cse")
    assert raised(child) == {("mash_referral", "la-lambeth")}


def test_nothing_is_asked_by_a_rule_out_of_use(met_officer, child) -> None:
    ActionRule.objects.update(is_active=False)
    flag(met_officer.actor, child, "cse")
    assert raised(child) == set()


def test_an_action_nobody_did_escalates_once_and_both_sides_read_it(
    met_officer, authority_worker, child
) -> None:
    from missingcases import selectors

    flag(met_officer.actor, child, "trafficking")
    child.actions.filter(kind="tell_local_authority").update(due_at=NOW() - timedelta(minutes=1))
    assert (services.escalate_overdue(), services.escalate_overdue()) == (1, 0)
    for side in (met_officer, authority_worker):
        assert selectors.timeline_for(side.actor, child).filter(kind="action.escalated").exists()


def test_a_birthday_on_the_day_counts(met_officer) -> None:
    today = timezone.localdate()
    grown = making.report(
        met_officer.actor, date_of_birth=date(today.year - 18, today.month, min(today.day, 28))
    )
    flag(met_officer.actor, grown, "trafficking")
    assert raised(grown) == {("nrm_consent", "metropolitan")}
