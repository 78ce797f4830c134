"""A message home: word for word, by consent, and nobody but the charity knows of it."""

from __future__ import annotations

import pytest

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.states import IllegalMove
from missingcases.messages_home import selectors, services
from missingcases.messages_home.deadlines import PASS_WITHIN
from missingcases.messages_home.enums import MessageStatus
from missingcases.messages_home.models import MessageHome
from missingcases.messages_home.states import by_its_carrier, of_the_charity
from tests.missingcases import making

pytestmark = pytest.mark.django_db
WORDS = "Tell Mum I am warm and I have eaten."
GIVEN = {
    "for_whom": "Mum",
    "words": WORDS,
    "consent": True,
    "disclose_location": "no",
    "source": "textsafe.Conversation",
    "source_id": 7,
}


@pytest.fixture
def taken(caseworker) -> MessageHome:
    return services.take_message(actor=caseworker.actor, **GIVEN)


def test_the_words_are_kept_as_they_were_given(taken, caseworker) -> None:
    kept = selectors.message_named(caseworker.actor, taken.reference)
    assert kept.words == WORDS
    assert kept.pass_by - kept.taken_at == PASS_WITHIN
    assert list(selectors.waiting(caseworker.actor)) == [taken]
    assert AuditEvent.objects.filter(action="message_home.read", target_id=taken.pk).exists()


def test_the_family_hears_nothing_of_where_it_came_from(taken) -> None:
    told = selectors.told_to_family(taken)
    assert told.words == WORDS
    assert "Say nothing of where they are" in told.of_the_place
    assert {"source", "channel", "at", "taken_at"}.isdisjoint(told.__slots__)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consent": False}, "consent"),
        ({"words": " "}, "words"),
        ({"words": "x" * 2_001}, "words"),
        ({"for_whom": ""}, "for_whom"),
        ({"disclose_location": "perhaps"}, "disclose_location"),
    ],
)
def test_without_the_words_or_the_consent_nothing_is_kept(caseworker, change, field) -> None:
    with pytest.raises(Invalid) as caught:
        services.take_message(actor=caseworker.actor, **(GIVEN | change))
    assert list(caught.value.problems) == [field]
    assert not MessageHome.objects.exists()


def test_one_carries_it_and_a_colleague_does_not_ring_too(
    taken, caseworker, second_caseworker, family_worker, duty_manager
) -> None:
    services.begin_passing(actor=family_worker.actor, message_id=taken.pk)
    with pytest.raises(IllegalMove):
        services.begin_passing(actor=caseworker.actor, message_id=taken.pk)
    with pytest.raises(Refused, match="A colleague"):
        services.mark_passed(actor=second_caseworker.actor, message_id=taken.pk)
    services.put_back(actor=duty_manager.actor, message_id=taken.pk)
    services.begin_passing(actor=caseworker.actor, message_id=taken.pk)
    done = services.mark_passed(actor=caseworker.actor, message_id=taken.pk)
    assert done.status == MessageStatus.PASSED
    assert not selectors.waiting(caseworker.actor).exists()
    assert list(selectors.from_source(caseworker.actor, "textsafe.Conversation", 7)) == [taken]


@pytest.mark.parametrize("verb", [services.could_not_pass, services.withdraw])
def test_an_end_without_the_family_says_why(taken, caseworker, verb) -> None:
    with pytest.raises(Refused):
        verb(actor=caseworker.actor, message_id=taken.pk, reason=" ")
    assert verb(actor=caseworker.actor, message_id=taken.pk, reason="Nobody answered.").ended_at


@pytest.mark.parametrize("who", ["met_supervisor", "authority_worker", "rhi_interviewer", "auditor"])
def test_nobody_else_learns_that_there_is_a_message(request, taken, who, met_officer) -> None:
    other = request.getfixturevalue(who).actor
    incident = making.report(met_officer.actor)
    MessageHome.objects.update(incident=incident)
    assert not selectors.waiting(other).exists()
    assert not selectors.for_incident(other, incident.pk).exists()
    for reference in (taken.reference, "MH-00000000"):
        with pytest.raises(NotVisible):
            selectors.message_named(other, reference)
    with pytest.raises(NotVisible):
        services.begin_passing(actor=other, message_id=taken.pk)
    with pytest.raises(Refused):
        services.take_message(actor=other, **GIVEN)


def test_even_by_the_table_another_organisation_does_nothing(taken, met_officer) -> None:
    assert of_the_charity(taken, met_officer.actor).code == "other_organisation"
    assert by_its_carrier(taken, met_officer.actor).code == "other_organisation"


def test_a_message_follows_its_incident_into_a_merge(taken, met_officer) -> None:
    from missingcases.messages_home.keeping import MERGE

    kept, gone = making.report(met_officer.actor), making.report(met_officer.actor)
    MessageHome.objects.update(incident=gone)
    assert MERGE[0].run is not None
    assert MERGE[0].run(kept.pk, gone.pk, met_officer.actor) == 1
    taken.refresh_from_db()
    assert taken.incident_id == kept.pk
    assert MERGE[0].run(kept.pk, gone.pk, met_officer.actor) == 0
