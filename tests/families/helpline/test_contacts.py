"""Somebody turns to the helpline first, known or anonymous."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from families.helpline import policies, selectors, services
from families.helpline.contributions import helpline_handover, helpline_work
from families.helpline.deadlines import ANSWER_WITHIN
from families.helpline.enums import ContactStatus
from families.helpline.models import HelplineContact
from families.helpline.questions import alarming
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases.messages_home.models import MessageHome
from tests.families.helpline.conftest import rings

pytestmark = pytest.mark.django_db


def test_whoever_takes_the_call_has_it_and_nothing_waits(call, caseworker) -> None:
    assert call.claimed_by_id == caseworker.user.pk
    assert call.answer_due_at is None
    assert not selectors.owed(caseworker.actor).exists()


def test_whoever_wrote_waits_for_an_hour_at_most(caseworker) -> None:
    wrote = rings(caseworker.actor, channel="email", notes="Can you help?")
    assert wrote.status == ContactStatus.UNCLAIMED
    assert wrote.answer_due_at - wrote.begun_at == ANSWER_WITHIN
    assert [item.words for item in helpline_work(caseworker.actor).items] == [f"Answer {wrote.reference}"]


def test_of_somebody_anonymous_no_name_and_no_number_is_kept(caseworker) -> None:
    kept = rings(caseworker.actor, is_anonymous=True, name="Kim", reach_by="07700 900123")
    kept.refresh_from_db()
    assert (kept.name, kept.reach_by) == ("", "")


def test_a_form_sent_twice_is_one_contact(caseworker) -> None:
    token = uuid4()
    assert rings(caseworker.actor, form_token=token) == rings(caseworker.actor, form_token=token)


def test_what_cannot_be_a_contact_is_not_begun(caseworker) -> None:
    with pytest.raises(Invalid):
        rings(caseworker.actor, channel="telepathy")


def test_notes_are_saved_as_typed_and_a_colleagues_words_are_not_overwritten(
    call, caseworker, second_caseworker
) -> None:
    first = services.save_notes(
        actor=caseworker.actor,
        contact_id=call.pk,
        version=1,
        notes="She",
        answers={"alone": "yes", "x": "no"},
    )
    assert (first.version, first.answered()) == (2, {"alone": "yes"})
    again = services.save_notes(
        actor=caseworker.actor, contact_id=call.pk, version=1, notes="She", answers={"alone": "yes"}
    )
    assert again.version == 2
    with pytest.raises(Conflict) as caught:
        services.save_notes(
            actor=second_caseworker.actor, contact_id=call.pk, version=1, notes="He", answers={}
        )
    assert caught.value.theirs["notes"] == "She"
    with pytest.raises(Invalid):
        services.save_notes(
            actor=caseworker.actor, contact_id=call.pk, version=2, notes="x" * 20_001, answers={}
        )


def test_answers_that_mean_danger_are_told_in_words() -> None:
    assert len(alarming({"safe_now": "no", "end_life": "yes", "alone": "yes"})) == 2
    assert alarming({"safe_now": "yes"}) == []


def test_a_promised_call_is_owed_and_in_the_handover(caseworker, second_caseworker) -> None:
    contact = rings(caseworker.actor, is_anonymous=False, name="Kim", reach_by="07700 900123")
    at = timezone.now() + timedelta(hours=2)
    services.end_call(actor=caseworker.actor, contact_id=contact.pk, call_back_at=at)
    item = helpline_handover(second_caseworker.actor).items[0]
    assert (item.words, item.due_at) == (f"Ring {contact.reference} back", at)
    services.end_call(actor=second_caseworker.actor, contact_id=contact.pk, call_back_at=None)
    assert helpline_handover(caseworker.actor).items == ()


@pytest.mark.parametrize("hours", [-1, 24 * 29])
def test_a_call_is_promised_for_a_time_to_come_to_somebody_who_can_be_reached(
    caseworker, call, hours
) -> None:
    known = rings(caseworker.actor, is_anonymous=False, reach_by="07700 900123")
    with pytest.raises(Invalid):
        services.end_call(
            actor=caseworker.actor,
            contact_id=known.pk,
            call_back_at=timezone.now() + timedelta(hours=hours),
        )
    with pytest.raises(Invalid, match="call_back_at"):
        services.end_call(
            actor=caseworker.actor, contact_id=call.pk, call_back_at=timezone.now() + timedelta(hours=1)
        )


def test_it_goes_from_hand_to_hand_and_ends(
    call, caseworker, second_caseworker, duty_manager, family_worker
) -> None:
    with pytest.raises(Refused, match="A colleague has"):
        services.claim_contact(actor=second_caseworker.actor, contact_id=call.pk)
    with pytest.raises(Refused, match="Only the colleague"):
        services.hand_over(actor=second_caseworker.actor, contact_id=call.pk, to_user_id=None)
    with pytest.raises(Invalid):
        services.hand_over(actor=caseworker.actor, contact_id=call.pk, to_user_id=family_worker.user.pk)
    to = second_caseworker.user.pk
    assert services.hand_over(actor=duty_manager.actor, contact_id=call.pk, to_user_id=to).claimed_by_id == to
    services.hand_over(actor=second_caseworker.actor, contact_id=call.pk, to_user_id=None)
    with pytest.raises(Refused, match="Nobody has"):
        services.hand_over(actor=caseworker.actor, contact_id=call.pk, to_user_id=None)
    services.close_contact(actor=caseworker.actor, contact_id=call.pk, reason="Nothing more.")
    for refused in (services.close_contact, services.raise_concern):
        words = (
            {"reason": "x"}
            if refused is services.close_contact
            else {"concern": "x", "is_threat_to_life": False}
        )
        with pytest.raises(Refused, match="closed"):
            refused(actor=caseworker.actor, contact_id=call.pk, **words)
    assert services.claim_contact(actor=caseworker.actor, contact_id=call.pk).status == "claimed"


THREE = {"on_the_line": ["missing_person", "social_worker"], "consented": True, "agreed": "A bed tonight."}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on_the_line": ["police"]}, "on_the_line"),
        ({"on_the_line": ["police", "nobody"]}, "on_the_line"),
        ({"consented": False}, "consented"),
        ({"agreed": " "}, "agreed"),
        ({"agreed": "Ring 07700 900-123"}, "agreed"),
    ],
)
def test_a_three_way_call_is_agreed_to_and_leads_nobody_to_anybody(call, caseworker, change, field) -> None:
    with pytest.raises(Invalid) as caught:
        services.record_three_way(actor=caseworker.actor, contact_id=call.pk, **(THREE | change))
    assert list(caught.value.problems) == [field]
    assert services.record_three_way(actor=caseworker.actor, contact_id=call.pk, **THREE).pk


def test_a_message_home_is_taken_from_the_call(call, caseworker) -> None:
    services.take_message_home(
        actor=caseworker.actor,
        contact_id=call.pk,
        for_whom="Mum",
        words="I am warm.",
        consent=True,
        disclose_location="no",
    )
    assert MessageHome.objects.get(source=selectors.SOURCE, source_id=call.pk).words == "I am warm."


@pytest.mark.parametrize(
    "who", ["met_supervisor", "authority_worker", "rhi_interviewer", "family_worker", "auditor"]
)
def test_nobody_else_learns_that_somebody_called(request, call, who) -> None:
    other = request.getfixturevalue(who).actor
    assert not selectors.contacts_visible_to(other).exists()
    assert helpline_work(other) is None
    assert helpline_handover(other) is None
    for reference in (call.reference, "HC-00000000"):
        with pytest.raises(NotVisible):
            selectors.contact_named(other, reference)
    with pytest.raises(NotVisible):
        services.claim_contact(actor=other, contact_id=call.pk)
    with pytest.raises(Refused):
        rings(other)


def test_no_word_of_it_is_in_the_trail_and_a_reading_is(call, caseworker, second_caseworker) -> None:
    services.save_notes(
        actor=caseworker.actor, contact_id=call.pk, version=1, notes="Okapi", answers={"hurt": "yes"}
    )
    services.record_opened(actor=second_caseworker.actor, contact=call)
    services.record_opened(actor=second_caseworker.actor, contact=call, again=True)
    entries = AuditEvent.objects.filter(target=HelplineContact._meta.label)
    assert entries.filter(action="helpline.contact_read").count() == 1
    assert "Okapi" not in str(list(entries.values()))


@pytest.mark.parametrize(
    "may", [policies.may_work_on, policies.may_claim, policies.may_hand_over, policies.may_close]
)
def test_whoever_is_of_another_body_is_refused_before_anything_of_the_contact_is_told(
    call, met_supervisor, may
) -> None:
    assert may(met_supervisor.actor, call).code == "organisation"
