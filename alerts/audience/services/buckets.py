"""Buckets: made when first asked for, locked in the order of their numbers before several are written."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.audience.models import Bucket

Place = tuple[int, str, str, bool]  # area, channel, language, whether to rehearse


def buckets_of(places: Iterable[Place]) -> dict[Place, int]:
    """The bucket of each place, in the caller's transaction; two that make the same one get the same one."""
    wanted = set(places)
    found = _there(wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        made = (
            Bucket(area_id=area, channel=channel, language=language, is_test=is_test)
            for area, channel, language, is_test in missing
        )
        Bucket.objects.bulk_create(made, ignore_conflicts=True)
        found |= _there(set(missing))
    return found


def _there(wanted: set[Place]) -> dict[Place, int]:
    rows = Bucket.objects.filter(area_id__in={place[0] for place in wanted})
    named = rows.values_list("area_id", "channel", "language", "is_test", "pk")
    found = {(area, channel, language, is_test): pk for area, channel, language, is_test, pk in named}
    return {place: pk for place, pk in found.items() if place in wanted}


def lock(bucket_ids: Iterable[int]) -> None:
    """Lock these buckets until the transaction ends, so that two who write several never wait in a circle."""
    rows = Bucket.objects.filter(pk__in=set(bucket_ids)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
