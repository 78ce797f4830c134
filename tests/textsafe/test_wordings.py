"""Wordings: a version for each age group and language, one segment, approved by another person."""

from __future__ import annotations

from typing import Any

import pytest

from foundation.access import Refused
from foundation.exceptions import Invalid
from foundation.messaging.models import Message
from foundation.places.models import Area
from tests.textsafe.conftest import approve, ask
from textsafe import selectors
from textsafe.enums import WordingStatus
from textsafe.models import Request, Wording
from textsafe.services import delivery, due, wordings

pytestmark = pytest.mark.django_db
TEXT = "Hard day? Missing People is there for you, free. Call or text 116000. Reply STOP to end."
WELSH = "Angen siarad? Ffoniwch neu tecstiwch 116000. STOP i orffen. Ŵy"


def draft(who: Any, **over: Any) -> Wording:
    given = {"age_group": "child", "language": "en", "text": TEXT}
    return wordings.draft_wording(actor=who.actor, **(given | over))


def test_the_next_version_takes_the_place_of_the_one_in_use(charity, caseworker, duty_manager) -> None:
    before = selectors.active_wording("child", "en")
    made = draft(caseworker)
    assert (made.number, made.status) == (before.number + 1, WordingStatus.DRAFT)
    assert selectors.active_wording("child", "en") == before
    wordings.approve_wording(actor=duty_manager.actor, wording_id=made.pk)
    before.refresh_from_db()
    assert (before.status, selectors.active_wording("child", "en")) == (WordingStatus.RETIRED, made)


def test_nobody_approves_their_own(charity, duty_manager, caseworker) -> None:
    own = draft(duty_manager)
    for who in (duty_manager, caseworker):
        with pytest.raises(Refused):
            wordings.approve_wording(actor=who.actor, wording_id=own.pk)


def test_a_first_version_in_another_language(charity, caseworker, duty_manager) -> None:
    made = draft(caseworker, language="cy", text=WELSH)
    wordings.approve_wording(actor=duty_manager.actor, wording_id=made.pk)
    assert made.number == 1
    assert "cy" in selectors.usable_languages()
    wordings.retire_wording(actor=duty_manager.actor, wording_id=made.pk)
    assert selectors.active_wording("child", "cy") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "ŵ" * 60 + TEXT},
        {"text": TEXT + " " + "x" * 100},
        {"age_group": "dog"},
        {"language": "xx"},
    ],
    ids=["ucs-2", "two segments", "age group", "language"],
)
def test_what_does_not_fit_is_not_kept(charity, caseworker, wrong) -> None:
    with pytest.raises(Invalid):
        draft(caseworker, **wrong)


def night_before(clock: Any, incident: Any, officer: Any, caseworker: Any) -> Request:
    """Approved in the night, to go in the morning."""
    clock.move_to("2026-11-23T23:30:00+00:00")
    return approve(ask(incident, officer.actor), caseworker.actor)


def test_a_text_that_waits_goes_with_the_wording_that_is_in_use_by_then(
    clock, incident, met_officer, caseworker, duty_manager
) -> None:
    night_before(clock, incident, met_officer, caseworker)
    wordings.approve_wording(actor=duty_manager.actor, wording_id=draft(caseworker).pk)
    clock.move_to("2026-11-24T07:01:00+00:00")
    due.release_due()
    assert Message.objects.get().body == TEXT


def test_a_text_whose_wording_was_taken_out_of_use_goes_back_to_a_person(
    clock, incident, met_officer, caseworker, duty_manager
) -> None:
    waits = night_before(clock, incident, met_officer, caseworker)
    in_use = selectors.active_wording("child", "en")
    wordings.retire_wording(actor=duty_manager.actor, wording_id=in_use.pk)
    clock.move_to("2026-11-24T07:01:00+00:00")
    due.release_due()
    waits.refresh_from_db()
    assert (waits.status, waits.needs_person, waits.wording) == ("requested", True, None)
    assert not Message.objects.exists()


def test_a_text_in_the_queue_is_held_back_when_its_wording_goes(
    incident, met_officer, caseworker, duty_manager
) -> None:
    queued = approve(ask(incident, met_officer.actor), caseworker.actor)
    wordings.retire_wording(actor=duty_manager.actor, wording_id=queued.wording_id)
    assert delivery.check_request(queued.pk).code == "wording"


def test_a_place_is_not_named_not_even_one_that_became_known_after_the_draft(
    charity, caseworker, duty_manager
) -> None:
    made = draft(caseworker, text=TEXT.replace("Hard day", "Far from Nowhereton"))
    known = Area.objects.first()
    Area.objects.filter(pk=known.pk).update(name="Nowhereton")
    with pytest.raises(Invalid):
        wordings.approve_wording(actor=duty_manager.actor, wording_id=made.pk)
