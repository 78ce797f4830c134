"""After a restore: outlets that show an appeal of which this database forgot that they were given it.

They are told to take it down, under the reference by which they know it. What they were given nobody here can
vouch for: it may have been edited, or its consent narrowed, since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from appeals.enums import READS_LIVE, AppealStatus, PlacementStatus
from appeals.foretold import Placed, placed_in
from appeals.models import Appeal, Content, Outlet, Placement
from appeals.selectors import newest_content
from appeals.services.common import hold, moved_on
from appeals.services.editing import return_to_draft
from appeals.services.placing import take_off, this_change
from appeals.states import APPEAL, PLACEMENT
from appeals.system import RESTORER
from foundation.accounts.models import Organisation
from foundation.audit import services as audit
from foundation.places.models import Area, AreaKind
from foundation.states import move_held, move_many
from missingcases.models import Incident
from missingcases.services import lock_incident

_P = PlacementStatus
_UNKNOWN_NAME = "Not known"


def take_down_left_over(ids: Mapping[str, Any], *, at: datetime) -> bool:
    """Heed one line of what outlets were given `at` a time; False where its incident is unknown here too."""
    appeal = _appeal(ids, at=at)
    if appeal is None:
        return False
    told = list(placed_in(ids))
    _recall([one.reference for one in told], at=at)
    unknown = _unknown(told)
    if unknown:
        pause_again(appeal)  # it was, if it is live here: it came on these outlets when it was resumed
        _remember(appeal, unknown, at=at)
    if appeal.status != AppealStatus.LIVE:
        take_off(RESTORER, appeal)
        return_to_draft(RESTORER, appeal)
    if unknown:
        words = f"Outlets are told to take down appeal {appeal.reference}: published after the backup"
        moved_on(RESTORER, appeal, "left_over", words)
    return True


def _appeal(ids: Mapping[str, Any], *, at: datetime) -> Appeal | None:
    """The appeal, locked. One younger than the backup is kept again, as far as the ledger knows it."""
    if Appeal.objects.filter(pk=ids["appeal_id"]).exists():
        return hold(RESTORER, ids["appeal_id"])[1]
    known = Incident.objects.filter(pk=ids["incident_id"]).exists()
    if not known or not Organisation.objects.filter(pk=ids["charity_id"]).exists():
        return None
    incident = lock_incident(ids["incident_id"])
    appeal = Appeal.objects.create(
        pk=ids["appeal_id"],
        reference=ids["reference"],
        token=ids["token"],
        incident=incident,
        organisation_id=incident.owner_id,
        charity_id=ids["charity_id"],
        kind=ids["sort"],
        status=AppealStatus.DRAFT,
        origin=ids["origin"],
        requested_at=at,
        request_reason="Known from the ledger alone, after a restore. What it said is lost: write it anew.",
        first_live_at=at,
    )
    audit.record(actor=RESTORER, action="appeals.remembered", target=appeal, incident_id=incident.pk)
    return appeal


def pause_again(appeal: Appeal) -> None:
    """Pause it if it is live in this database; the caller's transaction holds it."""
    if appeal.status != AppealStatus.LIVE:
        return
    why = "Done again from the ledger after a restore."
    move_held(appeal, APPEAL, AppealStatus.PAUSED, actor=RESTORER, reason=why)
    take_off(RESTORER, appeal)
    moved_on(RESTORER, appeal, "paused", f"Appeal {appeal.reference} is paused again after a restore")


def _recall(references: list[str], *, at: datetime) -> None:
    """What this database still plans, or thinks has failed, may be there: it is looked for, or taken down."""
    rows = Placement.objects.filter(reference__in=references)
    change = {"change": this_change(), "updated_at": timezone.now()}
    reading = rows.filter(outlet__channel__in=sorted(READS_LIVE))
    live = {"live_at": at, "next_at": None, **change}
    move_many(reading, PLACEMENT, _P.PLANNED, _P.LIVE, actor=RESTORER, changes=live)
    claimed = move_many(rows, PLACEMENT, (_P.PLANNED, _P.FAILED), _P.SENDING, actor=RESTORER, changes=change)
    perhaps = {"next_at": timezone.now(), "problem": "restored"}
    move_many(rows.filter(pk__in=claimed), PLACEMENT, _P.SENDING, _P.UNKNOWN, actor=RESTORER, changes=perhaps)


def _unknown(told: list[Placed]) -> list[Placed]:
    """Those that this database has no placement of, though it knows the outlet."""
    rows = Placement.objects.filter(reference__in=[one.reference for one in told])
    known = set(rows.values_list("reference", flat=True))
    outlets = set(Outlet.objects.filter(pk__in=[one.outlet_id for one in told]).values_list("pk", flat=True))
    return [one for one in told if one.reference not in known and one.outlet_id in outlets]


def _remember(appeal: Appeal, unknown: list[Placed], *, at: datetime) -> None:
    content = newest_content(appeal) or _nothing_known(appeal, at=at)
    Placement.objects.bulk_create(
        Placement(
            reference=one.reference,
            appeal=appeal,
            outlet_id=one.outlet_id,
            content=content,
            status=_P.LIVE,
            planned_at=one.planned_at,
            live_at=at,
        )
        for one in unknown
    )


def _nothing_known(appeal: Appeal, *, at: datetime) -> Content:
    """A version that shows nobody, for an appeal whose words are lost."""
    return Content.objects.create(
        appeal=appeal,
        number=1,
        first_name=_UNKNOWN_NAME,
        missing_since=at.date(),
        area=_widest(),
        made_at=at,
    )


def _widest() -> Area:
    return Area.objects.filter(kind=AreaKind.NATION).first() or Area.objects.earliest("pk")
