"""One e-mail in two hands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from foundation.messaging import services as messaging
from foundation.messaging.models import Inbound, RawCallback
from tests.foundation.messaging.mailing import mail_in

AMY = "amy@example.org"


def test_the_same_mail_handed_over_at_the_same_moment_is_one(committing_db) -> None:
    for _ in range(2):
        mail_in(AMY, "Hello", message_id="<1@example.org>")
    ids = list(RawCallback.objects.values_list("pk", flat=True))

    def read(pk: int) -> list[int]:
        try:
            return messaging.take_in_mail(raw_id=pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = [row for found in pool.map(read, ids) for row in found]

    assert Inbound.objects.count() == len(taken) == 1
