"""Two colleagues at one contact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from families.helpline import services
from foundation.access import Refused
from foundation.exceptions import Conflict
from tests.families.helpline.conftest import rings


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
