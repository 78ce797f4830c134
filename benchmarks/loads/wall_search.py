"""The search page with and without sight: whole names, an incident's reference and a force's own."""

from __future__ import annotations

from django.db import connection

from benchmarks.load import Load, Ready
from benchmarks.visitors import sign_in
from benchmarks.walled import GOAL, beside
from missingcases.models import Incident
from missingcases.selectors import Filters
from missingcases.selectors.incidents import listed, page_of
from missingcases.selectors.narrowing import narrow

EACH, APART = 8, 150


def _prepare(_rows: int) -> Ready:
    actor = sign_in().actor
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) missingcases_incident")
    own = Incident.objects.filter(owner_id=actor.organisation_id, is_restricted=False)
    own = own.exclude(person__given_names="").exclude(person__family_name="").select_related("person")
    incidents = list(own.order_by("pk")[: EACH * APART : APART])
    asked = [
        Filters(text=text)
        for one in incidents
        for text in (one.person.full_name, one.reference, one.force_reference.lower())
    ]

    def bare(filters: Filters) -> list[Incident]:
        return page_of(narrow(Incident.objects.all(), actor, filters))

    return beside(asked, lambda filters: listed(actor, filters), bare)


LOAD = Load("wall_search", "search, with and without visibility", GOAL, _prepare, rounds=30, writes=True)
