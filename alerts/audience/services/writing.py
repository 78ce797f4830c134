"""Very many subscribers at once: a chunk of addresses becomes subscribers and subscriptions by two COPYs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from alerts.audience.enums import Source
from alerts.audience.models import Subscriber, Subscription
from alerts.audience.newcomers import Newcomer
from alerts.audience.services.buckets import buckets_of
from foundation.copying import copy_in, take_ids

_SUBSCRIBER = ("id", "channel", "to_key", "language", "is_test", "source", "consent", "consented_at")
_SUBSCRIPTION = ("bucket_id", "subscriber_id", "channel", "to", "to_key")


@transaction.atomic
def write(
    newcomers: Sequence[Newcomer], *, source: Source, is_test: bool = False, list_import_id: int | None = None
) -> list[int]:
    """Write them in the caller's transaction and return their ids. Raises `IntegrityError` for one known."""
    places = {(area, one.channel, one.language, is_test) for one in newcomers for area in one.area_ids}
    bucket_of = buckets_of(places)
    ids = take_ids(Subscriber, len(newcomers))
    copy_in(
        Subscriber,
        (*_SUBSCRIBER, "list_import_id"),
        (
            (
                *(pk, one.channel, one.to_key, one.language, is_test, source.value),
                *(one.consent, one.consented_at, list_import_id),
            )
            for pk, one in zip(ids, newcomers, strict=True)
        ),
    )
    copy_in(Subscription, _SUBSCRIPTION, _subscriptions(ids, newcomers, bucket_of, is_test=is_test))
    return ids


def _subscriptions(
    ids: Iterable[int],
    newcomers: Iterable[Newcomer],
    bucket_of: dict[tuple[int, str, str, bool], int],
    *,
    is_test: bool,
) -> Iterable[tuple[int, int, str, str, str]]:
    for pk, one in zip(ids, newcomers, strict=True):
        for area in one.area_ids:
            bucket = bucket_of[area, one.channel, one.language, is_test]
            yield bucket, pk, one.channel, one.to, one.to_key
