"""Kept counts: what an alert would reach, without counting anybody when it is asked."""

from __future__ import annotations

import random
import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.db.models import Count, Q

from alerts.audience import selectors, services
from alerts.audience.models import Bucket, Subscriber, Subscription
from alerts.audience.services import signing_up
from alerts.audience.services.making import make
from foundation.access import Refused
from foundation.places.models import Area, AreaParent
from tests.alerts.audience.conftest import subscribe

TODAY = date(2026, 11, 1)


def counted() -> dict[int, int]:
    """What a count would say."""
    live = Count("subscriptions", filter=Q(subscriptions__status="active"))
    return dict(Bucket.objects.annotate(live=live).values_list("pk", "live"))


def kept() -> dict[int, int]:
    """What the database says it has counted."""
    return dict(Bucket.objects.values_list("pk", "active"))


def reached(area: Area, *, on: date = TODAY, is_test: bool = False) -> set[str]:
    """The areas whose subscribers an alert for `area` would go to."""
    found = selectors.buckets_for(area_ids=[area.pk], on=on, is_test=is_test)
    return {Area.objects.get(pk=one.area_id).name for one in found}


@pytest.mark.django_db
def test_an_alert_goes_to_what_is_below_and_to_what_is_above(london) -> None:
    for name, area in london.items():
        subscribe(f"{name.lower()}@people.test", [area])
    assert reached(london["Northborough"]) == {"Northborough", "Greatham", "Logria"}
    assert reached(london["Greatham"]) == {"Northborough", "Southborough", "Greatham", "Logria"}
    assert reached(london["Northborough"], is_test=True) == set()
    # Beside what was above on another day.
    AreaParent.objects.filter(child=london["Northborough"]).update(ends_on=date(2026, 1, 1))
    assert reached(london["Northborough"]) == {"Northborough"}
    assert reached(london["Northborough"], on=date(2025, 1, 1)) == {"Northborough", "Greatham", "Logria"}


@pytest.mark.django_db
def test_a_bucket_says_where_by_what_way_and_in_which_language(london) -> None:
    subscribe("en@people.test", [london["Northborough"]])
    subscribe("07700 900123", [london["Northborough"]], channel="sms", language="cy")
    found = selectors.buckets_for(area_ids=[london["Northborough"].pk], on=TODAY, is_test=False)
    assert [(one.channel, one.language, one.active) for one in found] == [
        ("email", "en", 1),
        ("sms", "cy", 1),
    ]


@pytest.mark.django_db
def test_the_watermark_is_the_highest_number(london) -> None:
    assert selectors.watermark() == 0
    subscribe("en@people.test", [london["Northborough"]])
    assert selectors.watermark() == Subscription.objects.get().pk


@pytest.mark.django_db
@pytest.mark.parametrize("sql", [
    "DELETE FROM audience_subscription WHERE id % 2 = 0",
    "UPDATE audience_subscription SET status = 'paused' WHERE id % 3 = 0",
    "UPDATE audience_subscription SET bucket_id = (SELECT max(id) FROM audience_bucket) WHERE id % 5 = 0",
    "UPDATE audience_subscription SET status = status",
])  # fmt: skip
def test_whatever_statement_changes_subscriptions_the_counts_are_right(london, sql) -> None:
    assert list(make(count=300, seed=1, channel="sms")) == [300]
    Bucket.objects.create(area=london["Logria"], channel="sms", language="en")
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert kept() == counted()
    assert sum(kept().values()) == Subscription.objects.filter(status="active").count()


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_and_never_the_same_twice(london, settings) -> None:
    list(make(count=50, seed=1, channel="sms"))
    list(make(count=50, seed=1, channel="sms"))
    assert Subscriber.objects.values("to_key").distinct().count() == 100
    list(make(count=20, seed=1, channel="email", is_test=True))
    assert Subscriber.objects.filter(is_test=True).count() == 20
    settings.IS_PRODUCTION = True
    with pytest.raises(Refused):
        list(make(count=1, seed=1, channel="sms"))


@pytest.mark.django_db
def test_without_areas_nobody_is_made(charity) -> None:
    Area.objects.filter(kind__in=["borough", "district"]).update(kind="county")
    with pytest.raises(Refused):
        list(make(count=1, seed=1, channel="sms"))


def test_counts_hold_while_many_join_move_pause_and_leave_at_once(committing_db, london) -> None:
    """Four at once on three buckets: nobody waits in a circle, and what is kept is what there is."""
    areas = [london[name] for name in ("Northborough", "Southborough", "Greatham")]
    people = [subscribe(f"p{n}@people.test", [areas[n % 3]]).pk for n in range(12)]
    failed: list[BaseException] = []

    def change(seed: int) -> None:
        chance, worker = random.Random(seed), signing_up.WORKER
        try:
            for step in range(30):
                who, some = chance.choice(people), [area.pk for area in chance.sample(areas, 2)]
                match step % 4:
                    case 0:
                        services.set_choices(actor=worker, subscriber_id=who, area_ids=some, language="en")
                    case 1:
                        services.pause(actor=worker, subscriber_id=who, days=1)
                    case 2:
                        services.go_on(actor=worker, subscriber_id=who)
                    case _:
                        services.leave(actor=worker, subscriber_ids=[who])
                        people.append(subscribe(f"s{seed}.{step}@people.test", [chance.choice(areas)]).pk)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=change, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert kept() == counted()


def test_two_who_confirm_one_address_at_once_make_one_subscriber(committing_db, london) -> None:
    from tests.alerts.audience.conftest import ask

    rows = [ask("one@people.test", [london["Northborough"]]) for _ in range(3)]
    gate, failed = threading.Barrier(3), []

    def confirm(token_hash: str) -> None:
        try:
            gate.wait(10)
            services.confirm(token_hash=token_hash)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=confirm, args=(row.token_hash,)) for row in rows if row]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed
    assert Subscriber.objects.count() == 1
    assert kept() == counted()
    assert sum(kept().values()) == 1
