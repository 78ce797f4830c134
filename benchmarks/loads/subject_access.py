"""Everything that a force holds about a person with five hundred incidents: found, and written as a pack.

No peer has it. The incidents are the force's own of the seeded year, put on one person.
"""

from __future__ import annotations

import resource
import time
from zipfile import ZipFile

from django.utils import timezone

from benchmarks.load import Check, Goal, Load, Ready, Took
from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.files import storage
from missingcases.models import Incident
from missingcases.subject_access import deadlines, services
from missingcases.subject_access.enums import Decision, RequestStatus
from missingcases.subject_access.models import AccessRequest
from tests.cast import member

INCIDENTS = 500
MOST_SECONDS = 30
MOST_MEGABYTES = 60


def _prepare(_rows: int) -> Ready:
    force = Organisation.objects.get(code="metropolitan")
    ids = list(Incident.objects.filter(owner=force).order_by("pk").values_list("pk", flat=True)[:INCIDENTS])
    person = Incident.objects.get(pk=ids[0]).person
    Incident.objects.filter(pk__in=ids).update(person=person)
    people = [
        member(f"{one}@bench.example", one, force, Role.AUDITOR).user for one in ("reviewer", "confirmer")
    ]
    seen: dict[str, float] = {"rest": _megabytes()}

    def ours() -> Took:
        request = AccessRequest.objects.create(
            organisation=force,
            person=person,
            status=RequestStatus.COLLECTING,
            asked="x",
            received_on=timezone.localdate(),
            due_on=deadlines.answer_due_on(timezone.localdate()),
            identity_checked_at=timezone.now(),
            made_by=people[0],
            reviewed_by=people[0],
            confirmed_by=people[1],
        )
        begun = time.perf_counter()
        services.collect(request_id=request.pk)
        found = time.perf_counter()
        request.items.update(decision=Decision.INCLUDE)
        AccessRequest.objects.filter(pk=request.pk).update(**{"status": RequestStatus.MAKING})
        written = time.perf_counter()
        done = services.make_pack(request_id=request.pk)
        ended = time.perf_counter()
        seen.update(items=request.items.count(), peak=_megabytes())
        with ZipFile(storage.path_of(done.stored_as)) as archive:
            seen["size"] = sum(one.file_size for one in archive.infolist()) / 1e6
        storage.delete(done.stored_as)
        request.items.all().delete()
        return Took(found - begun + ended - written)

    def checks() -> list[Check]:
        took = ours().seconds
        grown = seen["peak"] - seen["rest"]
        said = f"{took:.1f} s, {seen['items']:,.0f} records, {seen['size']:.1f} MB"
        return [
            Check(f"a person with {len(ids)} incidents", said, took <= MOST_SECONDS),
            Check("what it takes in memory", f"{grown:.0f} MB more", grown <= MOST_MEGABYTES),
        ]

    return Ready(ours=ours, checks=checks)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


LOAD = Load(
    "subject_access",
    "a subject access pack, 500 incidents",
    Goal(),
    _prepare,
    rounds=3,
    grows="ms",
    writes=True,
)
