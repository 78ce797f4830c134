"""The table of postcode districts, and those who get rehearsals: both named by a person of the charity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from alerts.audience import lines, policies
from alerts.audience.districts import district_of
from alerts.audience.enums import Source
from alerts.audience.lines import Fault
from alerts.audience.models import MOST_AREAS, PostcodeDistrict, Subscriber
from alerts.audience.newcomers import Newcomer
from alerts.audience.services.choosing import NO_AREA, leave
from alerts.audience.services.writing import write
from foundation.access import Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging import addresses, numbers
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.places.models import Area


@dataclass(slots=True)
class Report:
    """What a table of districts did, or would do."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[Fault] = field(default_factory=list)


@transaction.atomic
def load_districts(*, actor: Actor, content: bytes, dry_run: bool = False) -> Report:
    """Bring the table in line with a CSV of district and area; what it does not name stays.

    With `dry_run` nothing is written. Raises `Refused`, `lines.BadFile`.
    """
    require(policies.may_load_districts(actor))
    areas = dict(Area.objects.values_list("code", "pk"))
    there = {row.code: row for row in PostcodeDistrict.objects.select_for_update()}
    report, fresh, moved = Report(), list[PostcodeDistrict](), list[PostcodeDistrict]()
    seen: set[str] = set()
    for line, cells in lines.districts_of(content):
        code = cells["district"].upper().replace(" ", "")
        area = areas.get(cells["area"])
        if district_of(code) != code:
            report.errors.append(Fault(line, "district", "must be a postcode district such as SW9"))
        elif area is None:
            report.errors.append(Fault(line, "area", "is not the code of an area we know"))
        elif code in seen:
            report.errors.append(Fault(line, "district", "stands in this table more than once"))
        elif (row := there.get(code)) is None:
            fresh.append(PostcodeDistrict(code=code, area_id=area))
        elif row.area_id == area:
            report.unchanged += 1
        else:
            row.area_id = area
            moved.append(row)
        seen.add(code)
    report.created, report.changed = len(fresh), len(moved)
    if not dry_run and (fresh or moved):
        PostcodeDistrict.objects.bulk_create(fresh)
        PostcodeDistrict.objects.bulk_update(moved, ["area"])
        ids = sorted(row.pk for row in (*fresh, *moved))
        audit.record(actor=actor, action="districts.loaded", target=PostcodeDistrict, target_ids=ids)
    return report


@transaction.atomic
def add_tester(
    *, actor: Actor, channel: str, to: str, area_ids: Sequence[int], language: str, consent: str
) -> Subscriber:
    """Name somebody who gets rehearsals alone, and how they agreed. Raises `Refused`, `Invalid`."""
    require(policies.may_manage(actor))
    if not 1 <= len(set(area_ids)) <= MOST_AREAS:
        raise Refused(NO_AREA)
    try:
        address = addresses.normalise(channel, to)
        addresses.check_dialable(channel, address)
    except (InvalidAddress, NotDialable) as wrong:
        raise Invalid({"to": str(wrong)}) from None
    if not consent.strip():
        raise Invalid({"consent": "Say how they agreed, and when."})
    key = numbers.key_of(channel, address)
    areas = tuple(sorted(set(area_ids)))
    one = Newcomer(channel, address, key, language, areas, consent.strip()[:120], timezone.now())
    try:
        with transaction.atomic():
            (pk,) = write([one], source=Source.BY_HAND, is_test=True)
    except IntegrityError:
        raise Invalid({"to": "This address gets rehearsals already."}) from None
    made = Subscriber.objects.get(pk=pk)
    audit.record(actor=actor, action="tester.added", target=made)
    return made


@transaction.atomic
def remove_tester(*, actor: Actor, subscriber_id: int) -> None:
    """They get no rehearsals any more. Raises `Refused`, `NotVisible`."""
    require(policies.may_manage(actor))
    rows = Subscriber.objects.filter(pk=subscriber_id, is_test=True, left_at__isnull=True)
    if not leave(actor=actor, subscriber_ids=rows.values_list("pk", flat=True)):
        raise NotVisible(str(subscriber_id))
