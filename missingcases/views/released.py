"""An incident for somebody who holds a release: the released fields, and nothing of the record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.accounts.enums import HELPLINE
from missingcases import policies, selectors, services
from missingcases.enums import ReleaseKind, ReleaseStatus
from missingcases.views import rows
from missingcases.views.frame import Case, framed
from missingcases.views.releases import label_of


def released_overview(request: HttpRequest, case: Case) -> HttpResponse:
    """What was released to the reader's desk."""
    shown = []
    for release in selectors.releases_for(case.actor, case.incident):
        received = release.to_organisation_id == case.actor.organisation_id
        if received and release.status == ReleaseStatus.APPROVED:
            content = services.read_release(actor=case.actor, release_id=release.pk)
            shown.append(
                {
                    "title": release.purpose,
                    "rows": [rows.row(label_of(name), text) for name, text in content.items()],
                }
            )
    context = framed(
        case,
        "overview",
        "Released to you",
        releases=shown,
        threat_href=case.at("threat") if case.actor.holds(HELPLINE) else "",
        threat_refusal=policies.may_release(case.actor, case.incident, ReleaseKind.THREAT_TO_LIFE),
    )
    return render(request, "missingcases/overview_released.html", context)
