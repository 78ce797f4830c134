"""An appeal that is live at some partners who are called, as publishing leaves it; and the partners."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from datetime import timedelta

from django.utils import timezone

from appeals.enums import Channel
from appeals.models import Appeal, Content, Outlet, Placement
from appeals.services.publications import make_publication, shown_for
from benchmarks.made_appeal import wording_of
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.places.models import Area
from launcher import children, ports
from missingcases.models import Incident
from tests.processes import ROOT, wait_until

SECRET = "whsec_YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2g="


class Partners:
    """The stub as a process of its own."""

    def __init__(self) -> None:
        self.port = ports.pick()
        argv = [sys.executable, "-m", "benchmarks.outlets_stub", str(self.port)]
        bound = children.bound_to_us()
        self._process = subprocess.Popen(argv, cwd=ROOT, preexec_fn=bound)  # noqa: PLW1509 - nothing runs yet
        wait_until(lambda: ports.answers(self.port), "the partners")

    def address(self, number: int) -> str:
        """Of one of them."""
        return f"http://127.0.0.1:{self.port}/{number}"

    def last_answered(self) -> float:
        """When the last that was called had answered, by `time.perf_counter`."""
        with urllib.request.urlopen(self.address(0), timeout=5) as answer:
            return float(answer.read())

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)


def outlets(partners: Partners, count: int) -> list[Outlet]:
    """So many partners."""
    return Outlet.objects.bulk_create(
        Outlet(
            channel=Channel.WEBHOOK,
            name=f"Bench partner {partners.port} {number}",
            address=partners.address(number),
            secret=SECRET,
        )
        for number in range(count)
    )


def made_on(incident: Incident, shown_by: list[Outlet]) -> Appeal:
    """Live at all of these."""
    now = timezone.now()
    area, _ = Area.objects.get_or_create(code="bench-area", defaults={"name": "Camden", "kind": "borough"})
    appeal = Appeal.objects.create(
        incident=incident,
        organisation_id=incident.owner_id,
        charity=Organisation.objects.filter(kind=OrganisationKind.CHARITY)[0],
        status="live",
        origin="police",
        requested_at=now,
        request_reason="For the bench.",
        first_live_at=now,
        expires_at=now + timedelta(days=28),
    )
    content = Content.objects.create(
        appeal=appeal, number=1, first_name="Robin", age=46, missing_since=now.date(), area=area, made_at=now
    )
    wording_of(content)
    shown = shown_for(content, audience="media")
    Placement.objects.bulk_create(
        Placement(
            appeal=appeal,
            outlet=outlet,
            content=content,
            shown=shown,
            status="live",
            planned_at=now,
            live_at=now,
        )
        for outlet in shown_by
    )
    make_publication(appeal)
    return appeal
