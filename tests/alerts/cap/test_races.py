"""The same thing by several hands at once, with real commits."""

from __future__ import annotations

import threading

from django.db import connection

from alerts.cap import services
from alerts.cap.models import CapArrival, CapMessage, CapProposal
from alerts.enums import NoticeKind
from tests.alerts.cap.issuing import notice
from tests.alerts.cap.making import incoming


def test_the_same_message_many_times_at_once_is_one(committing_db) -> None:
    data = incoming().decode()
    for _ in range(8):
        services.keep_call(body=data)
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        services.read_arrivals()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    results = sorted(CapArrival.objects.values_list("result", flat=True))
    assert results == ["known"] * 7 + ["read"]
    assert (CapMessage.objects.count(), CapProposal.objects.count()) == (1, 1)


def test_two_that_freeze_at_once_make_one(committing_db, room, ready) -> None:
    row = notice(ready, NoticeKind.ALERT)
    start, made, errors = threading.Barrier(4), [], []

    def run() -> None:
        try:
            start.wait()
            made.append(services.freeze_message(notice_id=row.pk).pk)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not errors
    assert len(set(made)) == CapMessage.objects.count() == 1
