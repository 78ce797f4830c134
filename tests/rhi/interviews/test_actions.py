"""What an interview led to is owed by somebody, by a day, until it is done; no force learns of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from rhi.interviews import actions, services
from rhi.interviews.contributions import action_work
from rhi.interviews.deadlines import ACTION_WITHIN, action_due_at
from rhi.interviews.enums import OutcomeKind
from rhi.interviews.models import Outcome
from rhi.models import Referral
from tests.rhi.interviews.conftest import wishes

pytestmark = pytest.mark.django_db
WORDS = "Hurt by somebody met online."


def decided(member, interview, kind=OutcomeKind.S47, **given) -> Outcome:
    values = {"ground": "serious_harm", "words": WORDS} | given
    return services.confirm_outcome(actor=member.actor, reference=interview.reference, kind=kind, **values)


def reported(interview) -> None:
    """The authority has its report."""
    Referral.objects.filter(pk=interview.referral_id).update(reported_at=timezone.now())


def test_every_kind_that_is_an_action_has_its_days_and_no_other() -> None:
    assert set(ACTION_WITHIN) == set(OutcomeKind) - {OutcomeKind.NO_FURTHER_ACTION}
    now = timezone.now()
    for kind in ACTION_WITHIN:
        assert action_due_at(kind.value, now, nation="ENG") > now
    assert action_due_at("no_further_action", now, nation="ENG") is None


def test_an_action_is_dated_by_itself_or_as_the_interviewer_says(interview, rhi_interviewer) -> None:
    wishes(rhi_interviewer, interview)
    assert decided(rhi_interviewer, interview).due_at > timezone.now()
    wanted = timezone.now() + timedelta(days=2)
    assert decided(rhi_interviewer, interview, OutcomeKind.HEALTH, due_at=wanted).due_at == wanted
    nothing = services.confirm_outcome(
        actor=rhi_interviewer.actor, reference=interview.reference, kind=OutcomeKind.NO_FURTHER_ACTION
    )
    assert nothing.due_at is None
    assert not actions.actions_visible_to(rhi_interviewer.actor).filter(pk=nothing.pk).exists()


def test_it_is_the_provider_s_until_the_report_and_then_the_authority_s(
    interview, rhi_interviewer, duty_manager, authority_worker, other_authority_worker
) -> None:
    theirs = decided(rhi_interviewer, interview)
    ours = decided(rhi_interviewer, interview, OutcomeKind.NRM)

    assert not actions.actions_visible_to(authority_worker.actor).exists()
    assert set(actions.owed_by(duty_manager.actor)) == {theirs, ours}

    reported(interview)

    assert list(actions.actions_visible_to(authority_worker.actor)) == [theirs]
    assert list(actions.owed_by(authority_worker.actor)) == [theirs]
    assert list(actions.owed_by(duty_manager.actor)) == [ours]
    theirs = actions.action_named(duty_manager.actor, theirs.reference)
    assert actions.owner_of(theirs) == authority_worker.organisation.name
    assert not actions.actions_visible_to(other_authority_worker.actor).exists()


def test_the_authority_says_what_came_of_it_and_the_provider_reads_that(
    interview, rhi_interviewer, duty_manager, authority_worker
) -> None:
    outcome = decided(rhi_interviewer, interview)
    given = {"reference": outcome.reference, "result": "Enquiry begun."}
    with pytest.raises(NotVisible):
        services.finish_action(actor=authority_worker.actor, **given)
    reported(interview)
    with pytest.raises(Refused):
        services.finish_action(actor=duty_manager.actor, **given)
    with pytest.raises(Invalid):
        services.finish_action(actor=authority_worker.actor, reference=outcome.reference, result=" ")
    services.finish_action(actor=authority_worker.actor, **given)
    with pytest.raises(Refused):
        services.finish_action(actor=authority_worker.actor, **given)
    done = actions.listed(duty_manager.actor, now=timezone.now()).done
    assert [(row.pk, row.result) for row in done] == [(outcome.pk, "Enquiry begun.")]


def test_no_police_officer_learns_that_there_is_an_action(
    interview, rhi_interviewer, met_officer, met_coordinator, met_supervisor
) -> None:
    outcome = decided(rhi_interviewer, interview)
    reported(interview)
    for who in (met_officer, met_coordinator, met_supervisor):
        assert not actions.actions_visible_to(who.actor).exists()
        assert action_work(who.actor) is None
        browser = who.sign_in(Client())
        for page in (reverse("interviews:actions"), reverse("interviews:action", args=[outcome.reference])):
            answer = browser.get(page)
            assert answer.status_code in {403, 404}
            assert outcome.reference not in answer.content.decode()


def test_lists_work_and_figures_tell_late_from_open_from_done(
    interview, rhi_interviewer, duty_manager
) -> None:
    wishes(rhi_interviewer, interview)
    late, soon, done = (
        decided(rhi_interviewer, interview, kind)
        for kind in (OutcomeKind.NRM, OutcomeKind.HEALTH, OutcomeKind.CAWN)
    )
    now = timezone.now()
    Outcome.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=1))
    services.finish_action(actor=duty_manager.actor, reference=done.reference, result="Asked for.")

    found = actions.listed(duty_manager.actor, now=now)
    assert ([row.pk for row in found.overdue], [row.pk for row in found.open]) == ([late.pk], [soon.pk])
    assert [row.pk for row in found.done] == [done.pk]
    counted = actions.completed(
        duty_manager.actor, since=now - timedelta(days=1), until=now + timedelta(days=1), now=now
    )
    assert (counted.done.count, counted.done.of) == (1, 3)
    assert (counted.in_time.count, counted.in_time.of) == (1, 2)
    queue = action_work(duty_manager.actor)
    assert queue.count == 1
    assert queue.items[0].detail == late.reference
    assert action_work(rhi_interviewer.actor) is not None


def test_the_pages_of_both(interview, rhi_interviewer, duty_manager, authority_worker) -> None:
    outcome = decided(rhi_interviewer, interview)
    reported(interview)
    page = reverse("interviews:action", args=[outcome.reference])
    manager, authority = duty_manager.sign_in(Client()), authority_worker.sign_in(Client())
    listed = authority.get(reverse("interviews:actions")).content.decode()
    assert outcome.reference in listed
    assert WORDS not in listed
    assert "to do" in manager.get(page).content.decode()
    shown = authority.get(page).content.decode()
    assert WORDS in shown
    assert interview.reference not in shown
    assert authority.post(page, {"result": "Enquiry begun."}).status_code == 302
    assert "Enquiry begun." in manager.get(page).content.decode()
    assert manager.get(reverse("interviews:action", args=[f"IO-{uuid4().hex[:8]}"])).status_code == 404
