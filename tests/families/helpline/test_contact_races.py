"""Two colleagues at one contact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from families.helpline import services
from families.helpline.models import HelplineContact
from foundation.access import Refused
from foundation.exceptions import Conflict
from foundation.messaging import services as messaging
from tests.families.helpline.conftest import rings
from tests.foundation.messaging.mailing import mail_in


def test_one_of_two_claims_it_and_nobodys_words_are_overwritten(
    committing_db, caseworker, second_caseworker
) -> None:
    contact = rings(caseworker.actor, channel="email")
    both, ready = [caseworker.actor, second_caseworker.actor], Barrier(2)

    def at_once(act) -> list[bool]:
        def one(actor) -> bool:
            try:
                ready.wait(10)
                act(actor)
            except (Refused, Conflict):
                return False
            else:
                return True
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(one, both))

    assert at_once(lambda who: services.claim_contact(actor=who, contact_id=contact.pk)) == [False, True]
    contact.refresh_from_db()

    def write(who) -> None:
        words = f"Written by {who.user_id}."
        services.save_notes(
            actor=who, contact_id=contact.pk, version=contact.version, notes=words, answers={}
        )

    assert at_once(write) == [False, True]


def test_two_mails_of_one_person_at_once_begin_one_contact(committing_db, charity) -> None:
    for words in ("First", "Second"):
        mail_in("amy@example.org", words)
    taken, ready = messaging.take_in_mail(), Barrier(2)

    def hand_over(inbound_id: int) -> bool:
        try:
            ready.wait(10)
            return messaging.hand_over(inbound_id=inbound_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(hand_over, taken)) == [True, True]

    assert HelplineContact.objects.get().mails.count() == 2
