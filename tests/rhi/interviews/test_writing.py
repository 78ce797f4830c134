"""What is typed is kept, once, never over somebody else's words, by nobody but the child's interviewer."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from rhi.interviews import selectors, services
from rhi.interviews.form import QUESTIONS
from rhi.interviews.models import Answer, Interview, Theme
from rhi.interviews.services import Typed
from rhi.models import Referral
from tests.rhi.interviews.conftest import written

pytestmark = pytest.mark.django_db
MARK = "the-boy-with-the-red-bicycle"


def test_what_is_typed_is_kept_encrypted_and_in_the_trail_by_question_alone(
    interview, rhi_interviewer
) -> None:
    assert written(rhi_interviewer, interview, "push.home", words=MARK) == 1
    assert written(rhi_interviewer, interview, "push.home", words=MARK + " again", version=1) == 2
    row = interview.answers.get()
    assert (row.words, row.version, row.written_by) == (MARK + " again", 2, rhi_interviewer.user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM interviews_answer")
        assert MARK not in cursor.fetchone()[0]
    entry = AuditEvent.objects.filter(action="interview.written").latest("pk")
    assert (entry.target, entry.target_ids, entry.fields) == (
        "interviews.Interview",
        [interview.pk],
        ["push.home"],
    )
    assert (entry.user_id, entry.organisation_id) == (
        rhi_interviewer.user.pk,
        rhi_interviewer.organisation.pk,
    )


def test_an_old_version_is_never_written_over_and_both_sides_are_told(interview, rhi_interviewer) -> None:
    written(rhi_interviewer, interview, "push.home", words="first")
    with pytest.raises(Conflict) as told:
        written(rhi_interviewer, interview, "push.home", words="second", version=0)
    assert (told.value.version, told.value.theirs["answer"].words) == (1, "first")
    assert interview.answers.get().words == "first"


def test_the_same_change_sent_twice_is_one(interview, rhi_interviewer) -> None:
    change = uuid4()
    assert written(rhi_interviewer, interview, "push.home", words="once", change=change) == 1
    assert written(rhi_interviewer, interview, "push.home", words="once", change=change) == 1
    assert interview.answers.get().version == 1


@pytest.mark.parametrize(
    "typed",
    [
        Typed("no.such", 0, words="x"),
        Typed("harm.hurt", 0, choice="maybe"),
        Typed("push.home", 0, choice="yes"),
        Typed("push.home", 0, words="x" * 20_001),
        Typed("push.themes", 0, codes=("no-such-theme",)),
    ],
)
def test_what_cannot_be_an_answer_is_refused(interview, rhi_interviewer, typed) -> None:
    with pytest.raises(Invalid):
        services.save_answer(actor=rhi_interviewer.actor, reference=interview.reference, typed=typed)
    assert not Answer.objects.exists()


def test_nobody_but_the_assigned_interviewer_writes(
    interview, duty_manager, caseworker, met_officer, met_coordinator, kent_officer, authority_worker
) -> None:
    for member in (duty_manager, caseworker, met_officer, met_coordinator, kent_officer, authority_worker):
        with pytest.raises((NotVisible, Refused)):
            written(member, interview, "push.home", words="x")
        assert not selectors.writable_by(member.actor).exists()
    assert not Answer.objects.exists()


def test_the_statement_and_the_query_agree_on_who_may_write(interview, rhi_interviewer) -> None:
    """The save asks in its own SQL what `writable_by` asks."""
    for change in (
        {"status": "completed", "completed_at": interview.started_at, "held_at": interview.started_at},
        {"status": "draft"},
    ):
        Interview.objects.filter(pk=interview.pk).update(**change)
        for status in ("accepted", "missing_again", "withdrawn", "completed"):
            Referral.objects.filter(pk=interview.referral_id).update(
                status=status, completed_at=interview.started_at
            )
            may = selectors.writable_by(rhi_interviewer.actor).filter(pk=interview.pk).exists()
            Answer.objects.all().delete()
            try:
                did = written(rhi_interviewer, interview, "push.home", words="x") == 1
            except (NotVisible, Refused):
                did = False
            assert did is may, (change, status)


def test_a_page_is_saved_whole_or_not_at_all(interview, rhi_interviewer) -> None:
    page = [Typed("push.day", 0, words="a"), Typed("push.home", 0, words="b"), Typed("push.school", 0)]
    services.save_section(actor=rhi_interviewer.actor, reference=interview.reference, typed=page)
    assert set(interview.answers.values_list("question", flat=True)) == {"push.day", "push.home"}
    stale = [Typed("push.day", 1, words="a2"), Typed("push.home", 0, words="mine")]
    with pytest.raises(Conflict) as told:
        services.save_section(actor=rhi_interviewer.actor, reference=interview.reference, typed=stale)
    assert told.value.theirs["push.home"].words == "b"
    assert interview.answers.get(question="push.day").words == "a"


def test_themes_are_coded_while_writing_and_retired_ones_stay(
    interview, rhi_interviewer, duty_manager
) -> None:
    written(rhi_interviewer, interview, "push.themes", codes=("push-bullying", "push-school"))
    assert selectors.codes_of(interview) == {"push": ["push-bullying", "push-school"]}
    services.retire_theme(actor=duty_manager.actor, code="push-bullying")
    written(rhi_interviewer, interview, "push.themes", codes=("push-bullying",), version=1)
    assert selectors.codes_of(interview) == {"push": ["push-bullying"]}
    with pytest.raises(Conflict):
        written(rhi_interviewer, interview, "push.themes", codes=(), version=1)


def test_the_list_of_themes_grows_by_a_manager_and_loses_nothing(duty_manager, rhi_interviewer) -> None:
    with pytest.raises(Refused):
        services.add_theme(actor=rhi_interviewer.actor, section="push", label="Noise")
    for section, label in (("words", "Noise"), ("push", ""), ("push", "bullying")):
        with pytest.raises(Invalid):
            services.add_theme(actor=duty_manager.actor, section=section, label=label)
    theme = services.add_theme(actor=duty_manager.actor, section="push", label="  Noise ")
    assert (theme.code, theme.label) == ("push-noise", "Noise")
    services.retire_theme(actor=duty_manager.actor, code=theme.code)
    with pytest.raises(Refused):
        services.retire_theme(actor=duty_manager.actor, code=theme.code)
    with pytest.raises(NotVisible):
        services.retire_theme(actor=duty_manager.actor, code="nothing")
    assert Theme.objects.filter(code=theme.code, retired_on__isnull=False).exists()


def test_no_question_asks_where_on_the_body() -> None:
    """Body-free by rule: no drawing, no pointing."""
    said = " ".join(
        text for question in QUESTIONS.values() for text in (question.label, *dict(question.asks).values())
    ).lower()
    for word in ("show me", "point to", "where on", "draw", "touch"):
        assert word not in said
