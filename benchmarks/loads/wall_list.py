"""The list of incidents, newest first, with and without sight: its first page and one far down, all and open.

Without sight the page is read from an index by report time that the product has no use for.
"""

from __future__ import annotations

from django.db import connection

from benchmarks.load import Load, Ready
from benchmarks.visitors import sign_in
from benchmarks.walled import GOAL, beside
from missingcases.models import Incident
from missingcases.selectors import Cursor, Filters
from missingcases.selectors.incidents import PAGE, listed, page_of
from missingcases.selectors.narrowing import narrow

DOWN = 40
Page = tuple[Filters, Cursor | None]


def _prepare(_rows: int) -> Ready:
    actor = sign_in().actor
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON missingcases_incident (reported_at DESC, id DESC)")
        cursor.execute("VACUUM (ANALYZE) missingcases_incident")
    at: Cursor | None = None
    for _ in range(DOWN):
        found = listed(actor, Filters(), at)
        if len(found) <= PAGE:
            break  # the last there is
        at = Cursor(found[PAGE - 1].reported_at, found[PAGE - 1].pk)
    asked: list[Page] = [(Filters(), None), (Filters(), at), (Filters(open_only=True), None)]

    def walled(page: Page) -> list[Incident]:
        return listed(actor, *page)

    def bare(page: Page) -> list[Incident]:
        return page_of(narrow(Incident.objects.all(), actor, page[0]), page[1])

    return beside(asked, walled, bare)


LOAD = Load("wall_list", "list, with and without visibility", GOAL, _prepare, rounds=30, writes=True)
