"""What comes of an interview: proposed by answers, passed on as the child agreed or as it always is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.exceptions import Invalid, NotVisible
from missingcases.intelligence.models import Report
from missingcases.models import Release
from rhi.interviews import selectors, services
from rhi.interviews.enums import OutcomeKind
from rhi.interviews.form import band_of
from rhi.interviews.models import Interview
from rhi.interviews.report import plan_of, report_content
from rhi.interviews.states import INTERVIEW
from tests.cast import member
from tests.rhi.interviews.conftest import wishes, written

pytestmark = pytest.mark.django_db
MARK = "the-boy-with-the-red-bicycle"


def proposed(interview: Interview) -> dict[str, str]:
    answers = selectors.answers_of(interview)
    return {one.kind: one.ground for one in selectors.proposals_of(interview, answers)}


def confirm(member, interview, kind=OutcomeKind.S47, **given):
    values = {"ground": "serious_harm", "words": "Hurt by somebody met online."} | given
    return services.confirm_outcome(actor=member.actor, reference=interview.reference, kind=kind, **values)


def finished(member, interview) -> Interview:
    services.confirm_outcome(
        actor=member.actor, reference=interview.reference, kind=OutcomeKind.NO_FURTHER_ACTION
    )
    return services.complete(actor=member.actor, reference=interview.reference, held_at=timezone.now())


def test_it_begins_once_after_the_limits_and_a_yes(
    accepted, rhi_interviewer, duty_manager, met_officer
) -> None:
    begin = {"referral_id": accepted.pk, "limits_explained": True}
    with pytest.raises(NotVisible):
        services.start(actor=met_officer.actor, **begin)
    with pytest.raises(Refused):
        services.start(actor=duty_manager.actor, **begin)
    with pytest.raises(Invalid):
        services.start(actor=rhi_interviewer.actor, referral_id=accepted.pk, limits_explained=False)
    one = services.start(actor=rhi_interviewer.actor, **begin)
    assert services.start(actor=rhi_interviewer.actor, **begin) == one
    assert (one.age_band, one.limits_explained_at is not None) == ("12_to_15", True)
    assert [band_of(age) for age in (None, 8, 12, 16)] == ["12_to_15", "under_12", "12_to_15", "16_to_17"]


def test_nothing_begins_before_the_child_will_talk(accepted, rhi_interviewer) -> None:
    type(accepted).objects.filter(pk=accepted.pk).update(status="offered")
    with pytest.raises(Refused) as refused:
        services.start(actor=rhi_interviewer.actor, referral_id=accepted.pk, limits_explained=True)
    assert refused.value.refusal.code == "not_accepted"


def test_a_yes_proposes_and_a_decision_settles_until_it_is_said_again(interview, rhi_interviewer) -> None:
    written(rhi_interviewer, interview, "harm.hurt", choice="yes")
    assert proposed(interview) == {"s47": "serious_harm", "police_intelligence": "crime_against_child"}
    services.drop_outcome(
        actor=rhi_interviewer.actor, reference=interview.reference, kind="s47", reason="It was a fall."
    )
    confirm(rhi_interviewer, interview, OutcomeKind.POLICE_INTELLIGENCE)
    assert proposed(interview) == {}
    with pytest.raises(Invalid):
        services.drop_outcome(
            actor=rhi_interviewer.actor, reference=interview.reference, kind="s47", reason="Again."
        )
    written(rhi_interviewer, interview, "harm.sexual", choice="yes")
    assert set(proposed(interview)) == {"s47", "health"}
    with pytest.raises(Invalid):
        services.drop_outcome(
            actor=rhi_interviewer.actor, reference=interview.reference, kind="s47", reason=""
        )


def test_intelligence_becomes_a_draft_of_the_chosen_words_alone(
    interview, rhi_interviewer, met_officer
) -> None:
    written(rhi_interviewer, interview, "harm.hurt", choice="yes", words=MARK)
    confirm(rhi_interviewer, interview, OutcomeKind.POLICE_INTELLIGENCE, words="A man called Tam.")
    report = Report.objects.get()
    assert [line.original for line in report.lines.all()] == ["A man called Tam."]
    assert (report.status, report.origin, report.author) == ("draft", "interview", rhi_interviewer.user)
    assert not Release.objects.filter(kind="intelligence").exists()


def test_it_is_passed_on_as_the_child_agrees_or_as_it_always_is(interview, rhi_interviewer) -> None:
    wishes(rhi_interviewer, interview, "nothing")
    with pytest.raises(Refused) as refused:
        confirm(rhi_interviewer, interview, OutcomeKind.EARLY_HELP, ground="agreed")
    assert refused.value.refusal.code == "not_agreed"
    confirm(rhi_interviewer, interview, OutcomeKind.S47, ground="risk_to_others")
    for bad in ({"kind": "nonsense"}, {"ground": "because"}, {"words": " "}):
        with pytest.raises(Invalid):
            confirm(rhi_interviewer, interview, **bad)
    written(rhi_interviewer, interview, "sharing.authority", choice="summary", version=1)
    confirm(rhi_interviewer, interview, OutcomeKind.EARLY_HELP, ground="agreed")
    with pytest.raises(Refused):
        confirm(rhi_interviewer, interview, OutcomeKind.POLICE_INTELLIGENCE, ground="agreed")


def test_it_is_completed_once_nothing_is_open_and_looked_at_by_another(
    interview, rhi_interviewer, duty_manager
) -> None:
    def complete(when=None):
        return services.complete(
            actor=rhi_interviewer.actor, reference=interview.reference, held_at=when or timezone.now()
        )

    with pytest.raises(Invalid) as nothing:
        complete(timezone.now() + timedelta(hours=1))
    assert set(nothing.value.problems) == {"written", "wishes", "outcomes", "held_at"}
    wishes(rhi_interviewer, interview)
    written(rhi_interviewer, interview, "stop.again", choice="yes")
    with pytest.raises(Invalid) as open_ones:
        complete(interview.referral.clock_start - timedelta(hours=1))
    assert set(open_ones.value.problems) == {"outcomes", "held_at"}
    written(rhi_interviewer, interview, "stop.again", choice="no", version=1)
    done = finished(rhi_interviewer, interview)
    done.referral.refresh_from_db()
    assert (done.status, done.referral.status) == ("completed", "completed")
    with pytest.raises(Refused):
        written(rhi_interviewer, interview, "push.home", words="late")
    with pytest.raises(Refused):
        services.approve(actor=rhi_interviewer.actor, reference=interview.reference)
    services.approve(actor=duty_manager.actor, reference=interview.reference)
    with pytest.raises(Refused):
        services.reopen(actor=duty_manager.actor, reference=interview.reference, reason="Mend.")


def test_a_manager_opens_it_again_until_it_was_reported(interview, rhi_interviewer, duty_manager) -> None:
    wishes(rhi_interviewer, interview)
    done = finished(rhi_interviewer, interview)
    with pytest.raises(Refused):
        services.reopen(actor=duty_manager.actor, reference=done.reference, reason="")
    services.reopen(actor=duty_manager.actor, reference=done.reference, reason="A date is wrong.")
    written(rhi_interviewer, interview, "push.home", words="mended")
    services.complete(actor=rhi_interviewer.actor, reference=done.reference, held_at=timezone.now())
    type(done.referral).objects.filter(pk=done.referral_id).update(reported_at=timezone.now())
    with pytest.raises(Refused) as refused:
        services.reopen(actor=duty_manager.actor, reference=done.reference, reason="Again.")
    assert refused.value.refusal.code == "reported"


def test_a_colleague_completes_nothing_that_was_not_given_to_them(interview, charity) -> None:
    colleague = member("colleague@rhi.example", "Ada Colleague", charity, Role.RHI_INTERVIEWER)
    refusal = INTERVIEW.may(interview, "completed", colleague.actor)
    assert refusal is not None
    assert refusal.code == "not_assigned"


def test_a_manager_who_interviewed_does_not_approve_it_themself(interview, rhi_interviewer, charity) -> None:
    wishes(rhi_interviewer, interview)
    done = finished(rhi_interviewer, interview)
    both = member(rhi_interviewer.user.email, "", charity, Role.CHARITY_MANAGER)
    with pytest.raises(Refused) as refused:
        services.approve(actor=both.actor, reference=done.reference)
    assert refused.value.refusal.code == "same_person"


def test_what_is_done_is_said_by_those_who_may_read_it(
    interview, rhi_interviewer, duty_manager, met_coordinator
) -> None:
    outcome = confirm(rhi_interviewer, interview)
    with pytest.raises(NotVisible):
        services.finish_outcome(actor=met_coordinator.actor, outcome_reference=outcome.reference, result="x")
    with pytest.raises(Invalid):
        services.finish_outcome(actor=duty_manager.actor, outcome_reference=outcome.reference, result="")
    done = services.finish_outcome(
        actor=duty_manager.actor, outcome_reference=outcome.reference, result="They rang back."
    )
    assert (done.status, done.done_by) == ("done", duty_manager.user)


@pytest.mark.parametrize("wish", ["all", "summary", "nothing"])
def test_the_report_holds_the_childs_words_only_as_they_agreed(interview, rhi_interviewer, wish) -> None:
    wishes(rhi_interviewer, interview, wish)
    written(rhi_interviewer, interview, "words.child", words=MARK)
    written(rhi_interviewer, interview, "harm.hurt", choice="yes", words=MARK + "-harm")
    written(rhi_interviewer, interview, "harm.well", choice="yes")
    written(rhi_interviewer, interview, "analysis.view", words=MARK + "-analysis")
    written(rhi_interviewer, interview, "push.themes", codes=("push-bullying",))
    confirm(rhi_interviewer, interview)
    lines = report_content(interview)
    text = str(lines)
    assert (MARK + "'" in text) is (wish == "all")
    assert MARK + "-harm" not in text
    assert ("-analysis" in text, "Bullying" in text) == (wish != "nothing", wish != "nothing")
    assert ("How they feel in their body now" in text) is (wish != "nothing")
    assert ("Somebody hurt them", "Yes") in lines
    assert any(label.startswith("To be done: Child protection") for label, _ in lines)


def test_the_plan_bears_a_name_only_if_the_child_wants_one(interview, rhi_interviewer) -> None:
    written(rhi_interviewer, interview, "plan.people", words="My aunt")
    assert plan_of(interview) == ("", [("Who I can talk to", "My aunt")])
    written(rhi_interviewer, interview, "plan.name", words=" Sam ")
    assert plan_of(interview)[0] == "Sam"
