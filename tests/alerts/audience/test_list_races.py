"""Lists and sign-ups at once: each address becomes one subscriber."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from alerts.audience import services
from alerts.audience.models import Bucket, Subscriber
from alerts.audience.services import lists
from tests.alerts.audience.conftest import subscribe
from tests.alerts.audience.test_lists import good, received


@pytest.fixture(autouse=True)
def media(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_two_lists_and_a_sign_up_at_once_make_each_address_one(committing_db, london, duty_manager) -> None:
    """The same forty addresses in both, in other orders, while some of them sign up."""
    names = [f"p{n}@people.test" for n in range(40)]
    rows = []
    for order in (names, names[::-1]):
        row = lists.run(list_id=received(duty_manager, *good(*order)).pk)
        rows.append(services.confirm_list(actor=duty_manager.actor, list_id=row.pk))
    gate, failed = threading.Barrier(3), []

    def add(list_id: int) -> None:
        lists.run(list_id=list_id)

    def sign_up(_: int) -> None:
        for name in names[::5]:
            subscribe(name, [london["Southborough"]])

    def guarded(what, argument: int) -> None:
        try:
            gate.wait(10)
            what(argument)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=(add, row.pk)) for row in rows]
    threads.append(threading.Thread(target=guarded, args=(sign_up, 0)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert Subscriber.objects.filter(left_at__isnull=True).count() == 40
    assert sum(Bucket.objects.values_list("active", flat=True)) == 40
