"""What each side is shown across the product: the force dates and one word, the provider its work."""

from __future__ import annotations

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Release, TimelineEntry
from missingcases.services import acknowledge_release, read_release
from rhi import contributions, selectors, services
from rhi.enums import Standing
from rhi.models import Referral
from rhi.selectors.standing import standing_of, standings_for
from rhi.services.reporting import _parts
from tests.rhi.conftest import allocated, answered, referred

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(arranged, met_officer, lambeth, duty_manager, rhi_interviewer) -> Referral:
    return allocated(referred(met_officer, lambeth, hours=5), duty_manager, rhi_interviewer)


def card(who, referral):
    return contributions.service_card(who.actor, referral.incident_id)


@pytest.mark.parametrize(
    ("status", "held", "word"),
    [
        ("referred", False, Standing.OPEN),
        ("accepted", False, Standing.OPEN),
        ("declined", False, Standing.NOT_HELD),
        ("declined_but_talked", False, Standing.NOT_HELD),
        ("carer_only", False, Standing.NOT_HELD),
        ("unable", False, Standing.NOT_HELD),
        ("completed", True, Standing.HELD),
        ("closed", True, Standing.HELD),
        ("closed", False, Standing.NOT_HELD),
        ("missing_again", False, Standing.MISSING_AGAIN),
        ("withdrawn", False, Standing.WITHDRAWN),
        ("deceased", False, Standing.WITHDRAWN),
    ],
)
def test_the_force_is_told_one_of_five_words(status: str, held: bool, word: Standing) -> None:
    row = Referral(status=status, completed_at=timezone.now() if held else None)
    assert standing_of(row) is word


def test_whatever_a_child_answers_no_the_force_reads_the_same(
    referral, rhi_interviewer, met_officer, kent_officer, duty_manager
) -> None:
    told = set()
    for answer, reason in (("declined", "coercion_suspected"), ("declined_but_talked", "told_not_to")):
        answered(referral, rhi_interviewer, answer, decline_reason=reason, answered_at=timezone.now())
        lines = card(met_officer, referral).lines
        told.add((lines[0].words, lines[0].status))
        assert "TimelineItem" not in str(lines)
    assert told == {(f"Interview {referral.reference}, referred", "No interview")}
    for stranger in (kent_officer, duty_manager):
        assert standings_for(stranger.actor, referral.incident) == []
        assert contributions.timeline(stranger.actor, referral.incident_id) == []
    assert card(kent_officer, referral) is None
    kinds = [item.kind for item in contributions.timeline(met_officer.actor, referral.incident_id)]
    assert kinds == ["rhi.referred", "rhi.not_held"]


def test_the_cards_offer_what_each_may(referral, met_officer, met_coordinator, authority_worker) -> None:
    refused = {one.label: one.refusal for one in card(met_officer, referral).actions}
    assert refused["Refer for an interview"].code == "role"
    allowed = {one.label: one.refusal for one in card(met_coordinator, referral).actions}
    assert allowed["Pass on what we know"] is None
    assert allowed["Refer for an interview"].code == "running"
    assert card(authority_worker, referral).lines[0].url.endswith(f"{referral.reference}/")


def test_work_of_interviewer_and_manager(
    referral, rhi_interviewer, duty_manager, caseworker, met_officer, arranged, lambeth
) -> None:
    waiting = referred(met_officer, lambeth)
    assert "Offer the interview of" in contributions.interview_work(rhi_interviewer.actor).items[0].words
    work = contributions.interview_work(duty_manager.actor)
    assert work.count == 2
    assert f"Choose an interviewer for {waiting.reference}" in [one.words for one in work.items]
    answered(referral, rhi_interviewer, "declined", decline_reason="coercion_suspected")
    words = [one.words for one in contributions.interview_work(duty_manager.actor).items]
    assert f"Look at a concern about {referral.reference}" in words
    assert f"Send the report of {referral.reference}" in words
    assert contributions.interview_work(caseworker.actor) is None
    assert contributions.handover(duty_manager.actor).items
    assert contributions.handover(caseworker.actor) is None


def test_a_late_visit_is_work_and_stands_on_the_desk(
    referral, rhi_interviewer, duty_manager, caseworker
) -> None:
    from rhi.services import calling
    from tests.rhi.test_visits import later, plan

    visit = plan(referral, rhi_interviewer)
    calling.call_for(visit.pk, now=later(30))
    assert visit.reference in contributions.alarm_work(duty_manager.actor).items[0].words
    assert visit.reference in contributions.handover(duty_manager.actor).items[0].words
    assert contributions.alarm_work(rhi_interviewer.actor) is None
    assert contributions.visit_desk(duty_manager.actor, 5).lines[0].subject == visit.reference
    assert contributions.visit_desk(caseworker.actor, 5) is None


def report(who, referral, **given):
    values = {"lines": (), "summary": "We rang four times."} | given
    return services.send_report(actor=who.actor, referral_id=referral.pk, **values)


def test_the_authority_gets_its_report_and_acknowledges_it_and_police_get_none(
    referral, rhi_interviewer, duty_manager, authority_worker, other_authority_worker, met_officer
) -> None:
    answered(referral, rhi_interviewer, "declined", decline_reason="no_trust")
    entries = TimelineEntry.objects.filter(incident=referral.incident).exclude(audience="charity").count()
    with pytest.raises(Invalid) as outside:
        report(rhi_interviewer, referral)
    assert "override_reason" in outside.value.problems
    with pytest.raises(Invalid):
        report(rhi_interviewer, referral, summary=" ")
    report(rhi_interviewer, referral, override_reason="The agreement is being signed.")
    referral.refresh_from_db()
    release = referral.report
    assert (referral.status, release.acknowledged_at) == ("reported", None)
    assert (
        read_release(actor=authority_worker.actor, release_id=release.pk)["summary"] == "We rang four times."
    )
    for other in (other_authority_worker, met_officer):
        with pytest.raises(NotVisible):
            read_release(actor=other.actor, release_id=release.pk)
    acknowledge_release(actor=authority_worker.actor, release_id=release.pk)
    shown = TimelineEntry.objects.filter(incident=referral.incident).exclude(audience="charity").count()
    assert shown == entries
    services.close(actor=duty_manager.actor, referral_id=referral.pk)
    referral.refresh_from_db()
    assert referral.status == "closed"
    with pytest.raises(Refused):
        report(duty_manager, referral)


def test_an_interview_goes_along_in_as_many_parts_as_it_needs(referral, rhi_interviewer) -> None:
    answered(referral, rhi_interviewer, "accepted")
    services.record_held(actor=rhi_interviewer.actor, referral_id=referral.pk, completed_at=timezone.now())
    report(
        rhi_interviewer,
        referral,
        lines=[("What pushed them", "a" * 4_000), ("What pulled them", "b" * 4_000)],
        summary="",
        override_reason="Agreed by telephone.",
    )
    assert Release.objects.get(kind="report").field_names == ["interview_1", "interview_2", "outcome"]


def test_paragraphs_are_gathered_and_cut() -> None:
    assert _parts(["one", "two"]) == ["one\ntwo"]
    assert [len(part) for part in _parts(["x" * 10_000])] == [4_500, 4_500, 1_000]
    assert _parts([]) == []


def test_an_authority_that_interviews_itself_needs_no_release(
    lambeth, met_officer, authority_worker, arranged
) -> None:
    arranged.provider = lambeth
    arranged.save()
    own = referred(met_officer, lambeth, hours=5)
    services.record_unable(
        actor=authority_worker.actor,
        referral_id=own.pk,
        at=timezone.now(),
        decline_reason="moved",
        reason="Moved away.",
    )
    done = report(authority_worker, own)
    assert (done.status, done.report_id) == ("reported", None)
    assert selectors.visible_to(authority_worker.actor).get() == own


def test_no_report_goes_where_no_authority_is_known(referral, rhi_interviewer) -> None:
    answered(referral, rhi_interviewer, "carer_only")
    Referral.objects.filter(pk=referral.pk).update(authority=None)
    with pytest.raises(Refused) as refused:
        report(rhi_interviewer, referral)
    assert refused.value.refusal.code == "no_authority"
