"""Keeping views, and making files of what somebody may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.accounts.models import User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.files import storage
from foundation.states import move
from foundation.tasks import send_or_leave
from missingcases.models import Incident
from missingcases.search import files, policies, selectors
from missingcases.search.models import Export, ExportStatus, Listing, SavedView
from missingcases.search.states import EXPORT
from missingcases.selectors import Filters, narrowed

CHUNK = 500
# More is a matter for the statistics, or for an integration.
MOST = 50_000
EXPORTER = Actor.system("search.export")
_WAITING_OR_RUNNING = frozenset({ExportStatus.WAITING, ExportStatus.RUNNING})


@transaction.atomic
def save_view(
    *,
    actor: Actor,
    listing: str,
    name: str,
    answers: Mapping[str, str],
    is_shared: bool = False,
    is_default: bool = False,
) -> SavedView:
    """Keep the answers under a name of the actor's own. Raises `Refused`, `Invalid`."""
    require(policies.may_export(actor))
    if listing not in Listing.values:
        raise Invalid({"listing": "Choose one of the lists."})
    if not name.strip():
        raise Invalid({"name": "Give the view a name."})
    user_id, organisation_id = _whose(actor)
    if is_default:
        _no_default(actor, listing)
    try:
        with transaction.atomic():
            view = SavedView.objects.create(
                organisation_id=organisation_id,
                owner_id=user_id,
                listing=listing,
                name=name.strip(),
                answers=dict(answers),
                is_shared=is_shared,
                is_default=is_default,
            )
    except IntegrityError:
        raise Invalid({"name": "You have a view of this name already."}) from None
    audit.record(actor=actor, action="view.saved", target=view)
    return view


def _whose(actor: Actor) -> tuple[int, int]:
    """The person and the organisation they act for; the policies let nobody else come here."""
    return actor.user_id or 0, actor.organisation_id or 0


def _no_default(actor: Actor, listing: str) -> None:
    user_id, organisation_id = _whose(actor)
    mine = SavedView.objects.filter(organisation_id=organisation_id, owner_id=user_id)
    mine.filter(listing=listing, is_default=True).update(is_default=False)


@transaction.atomic
def make_default(*, actor: Actor, view: SavedView, is_default: bool) -> None:
    """Show this view wherever its list is opened plainly, or no longer. Raises `Refused`."""
    require(policies.may_change_view(actor, view))
    _no_default(actor, view.listing)
    if is_default:
        SavedView.objects.filter(pk=view.pk).update(is_default=True)
    audit.record(actor=actor, action="view.changed", target=view, fields=["is_default"])


@transaction.atomic
def delete_view(*, actor: Actor, view: SavedView) -> None:
    """Delete a view, for everybody it was shared with. Raises `Refused`."""
    require(policies.may_change_view(actor, view))
    audit.record(actor=actor, action="view.deleted", target=view)
    view.delete()


def ask_for_export(*, actor: Actor, filters: Filters, kind: str) -> Export:
    """Begin a file of everything the filters find; a worker makes it. Raises `Refused`, `Invalid`."""
    require(policies.may_export(actor))
    if kind not in {"csv", "xlsx"}:
        raise Invalid({"kind": "Choose CSV or XLSX."})
    user_id, organisation_id = _whose(actor)
    with transaction.atomic():
        export = Export.objects.create(
            organisation_id=organisation_id, owner_id=user_id, kind=kind, filters=asdict(filters)
        )
        audit.record(actor=actor, action="export.asked_for", target=export)
    _kick(export.pk)
    return export


def _kick(export_id: int) -> None:
    from missingcases.search.tasks import run_export

    send_or_leave(run_export, export_id, lane="bulk")


def run(*, export_id: int) -> Export:
    """Make the file, of what its owner may see now. Beside another worker the later file counts."""
    export = Export.objects.get(pk=export_id)
    if export.status not in _WAITING_OR_RUNNING:
        return export
    # Read afresh: whoever was suspended or moved since has nothing to take along.
    owner = User.objects.get(pk=export.owner_id)
    actor = actor_for(owner, organisation_id=export.organisation_id, source="search.export")
    filters = Filters(**export.filters)
    mine = actor.organisation_id == export.organisation_id and policies.may_export(actor) is None
    rows = narrowed(actor, filters) if mine else Incident.objects.none()
    place = _begin(export, total=rows.order_by().values("pk")[: MOST + 1].count())
    ids: list[int] = []
    with files.opened(place, export.kind) as write:
        write(files.heading())
        for chunk in _chunks(rows):
            for incident in chunk:
                write(files.cells(incident))
            ids += [incident.pk for incident in chunk]
            if not _reached(export_id, place, len(ids)):
                break
    return _finish(export_id, place, ids, actor)


def _begin(export: Export, *, total: int) -> str:
    place = storage.new_place(files.FOLDER, ending=export.kind)
    if export.status == ExportStatus.WAITING:
        with suppress(Refused):  # another worker has begun meanwhile; the later file counts
            move(export, EXPORT, ExportStatus.RUNNING, actor=EXPORTER)
    changes = {"stored_as": place, "total": min(total, MOST), "was_cut": total > MOST, "position": 0}
    Export.objects.filter(pk=export.pk, status=ExportStatus.RUNNING).update(
        **changes, updated_at=timezone.now()
    )
    storage.delete(export.stored_as)
    return place


def _chunks(rows: object) -> Iterator[list[Incident]]:
    """By keyset, the newest first: a page costs the same at any depth."""
    found = rows.select_related("person", "owner", "owner_unit").order_by("-reported_at", "-pk")  # type: ignore[attr-defined]
    last: tuple[datetime, int] | None = None
    seen = 0
    while seen < MOST:
        page = found if last is None else found.filter(selectors.after(*last))
        chunk = list(page[: min(CHUNK, MOST - seen)])
        if not chunk:
            return
        yield chunk
        seen += len(chunk)
        last = chunk[-1].reported_at, chunk[-1].pk


def _reached(export_id: int, place: str, position: int) -> bool:
    """Note how far it is; False where another worker's file counts, or the day is over."""
    mine = Export.objects.filter(pk=export_id, stored_as=place, status=ExportStatus.RUNNING)
    return bool(mine.update(position=position, updated_at=timezone.now()))


@transaction.atomic
def _finish(export_id: int, place: str, ids: list[int], actor: Actor) -> Export:
    export = Export.objects.select_for_update(no_key=True).get(pk=export_id)
    if export.stored_as != place or export.status != ExportStatus.RUNNING:
        storage.delete(place)
        return export
    for start in range(0, len(ids), CHUNK):
        audit.record(
            actor=actor, action="incident.exported", target=Incident, target_ids=ids[start : start + CHUNK]
        )
    now = timezone.now()
    changes = {"incident_ids": ids, "position": len(ids), "total": len(ids), "finished_at": now}
    return move(export, EXPORT, ExportStatus.DONE, actor=EXPORTER, changes=changes)


def fetch(*, actor: Actor, export: Export) -> str:
    """The path of the file below MEDIA_ROOT, for its owner, who still sees all that is in it; audited.

    Raises `Refused`. A file with something in it that they may no longer see is deleted at once.
    """
    require(policies.may_fetch(actor, export))
    if not selectors.sees_all_of(actor, export) or not storage.path_of(export.stored_as).exists():
        _delete(export)
        raise Refused(
            Refusal(
                "changed", "The file holds what you may no longer see, or is lost. It is deleted; ask again."
            )
        )
    audit.record(actor=actor, action="export.downloaded", target=export)
    return export.stored_as


def _delete(export: Export) -> None:
    place = export.stored_as
    changes = {"stored_as": "", "filters": {}, "incident_ids": []}
    move(export, EXPORT, ExportStatus.GONE, actor=EXPORTER, changes=changes)
    storage.delete(place)


def resume_stalled() -> int:
    """Kick exports that nobody has worked on for a while."""
    ids = selectors.stalled(timezone.now())
    for export_id in ids:
        _kick(export_id)
    return len(ids)


def forget_files() -> int:
    """Delete the files whose day is over, with what was asked and the ids in them."""
    gone = list(selectors.outlived(timezone.now())[:CHUNK])
    for export in gone:
        _delete(export)
    return len(gone)
