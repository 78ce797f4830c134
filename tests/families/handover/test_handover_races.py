"""Two hands at one handover."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from families.handover import services
from families.handover.models import Handover
from foundation.access import Refused
from foundation.exceptions import NotVisible


def test_taking_over_and_taking_back_at_once_is_one_of_them(
    committing_db, caseworker, second_caseworker
) -> None:
    begun = services.begin_handover(actor=caseworker.actor, incoming_id=second_caseworker.user.pk)
    services.sign_out(actor=caseworker.actor, handover_id=begun.pk, seen=1)
    outgoing, incoming, ready = caseworker.actor, second_caseworker.actor, Barrier(4)

    def one(act) -> bool:
        try:
            ready.wait(10)
            act()
        except (Refused, NotVisible):
            return False
        else:
            return True
        finally:
            connection.close()

    acts = [
        lambda: services.sign_in(actor=incoming, handover_id=begun.pk, answer="Clear."),
        lambda: services.cancel(actor=outgoing, reference=begun.reference, reason="Ill."),
    ] * 2
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, acts)) == 1
    assert Handover.objects.get().status in {"done", "cancelled"}
