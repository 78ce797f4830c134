"""A system that pulls changes misses nothing, whatever cluster its cursor comes from."""

from __future__ import annotations

import json

from django.db.models import F
from django.utils import timezone

from foundation.backups.models import Hold
from missingcases import selectors
from missingcases.models import AudienceRow
from tests.missingcases.making import missing, report
from tests.processes import wait_until

ANOTHER_CLUSTER = 10**12  # numbers that this one will not hand out for years


def pulled(actor, cursor: str, wanted: int = 1) -> tuple[list[str], str]:
    """What is behind `cursor`, once as much has settled: others may write in the same cluster."""
    pages: list[selectors.Changes] = []

    def settled() -> bool:
        pages.append(selectors.changes_since(actor, cursor))
        return len(json.loads(pages[-1].json)) >= wanted

    wait_until(settled, "the changes to settle", seconds=60)
    return [one["reference"] for one in json.loads(pages[-1].json)], pages[-1].cursor


def test_a_cursor_from_before_a_restore_into_a_new_cluster_has_no_gap(
    committing_db, provider, place, met_officer, met_supervisor, api_client
) -> None:
    kept = report(met_officer.actor)
    # As a backup of another cluster has them: beyond every number of the cluster it is restored into.
    AudienceRow.objects.update(change_xid=F("change_xid") + ANOTHER_CLUSTER)
    newest = AudienceRow.objects.latest("change")
    held = f"0.{newest.change_xid}.{newest.change}"
    place.back_up()
    place.restore("--over")

    assert set(AudienceRow.objects.values_list("change_xid", flat=True)) == {0}
    told, cursor = pulled(api_client, held)
    assert told == [kept.reference]  # nobody knows what was lost, so all of it comes again
    later = missing(met_supervisor.actor, report(met_officer.actor))
    told, cursor = pulled(api_client, cursor)
    assert told == [later.reference]
    assert pulled(api_client, cursor, 0) == ([], cursor)


def test_the_same_numbers_after_another_restore_are_another_cursor_and_another_version(
    committing_db, met_officer, api_client
) -> None:
    made = report(met_officer.actor)
    told, cursor = pulled(api_client, selectors.START)
    before = selectors.version_of(api_client)
    assert told == [made.reference]
    assert pulled(api_client, cursor, 0) == ([], cursor)
    now = timezone.now()  # as a server rolled back to a moment by Postgres itself comes up
    Hold.objects.create(backup_made_at=now, restored_at=now)
    assert pulled(api_client, cursor)[0] == [made.reference]
    assert selectors.version_of(api_client) != before
