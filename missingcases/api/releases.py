"""What was released: of an incident, to the client's organisation or by it; and to it, whatever it is of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from foundation.access import require
from foundation.audit import services as audit
from foundation.clients.api import answered_once, json_response
from foundation.exceptions import Invalid, NotVisible
from missingcases import policies, selectors, services
from missingcases.api import described
from missingcases.api.base import CaseApiView, one
from missingcases.api.incidents import asked, read
from missingcases.api.serializers import NothingSerializer, ReleasesQuerySerializer
from missingcases.models import Release

READ, ACKNOWLEDGE = "releases:read", "releases:acknowledge"


class Releases(CaseApiView):
    """`/api/v1/incidents/{reference}/releases`."""

    scopes = {"GET": READ}

    @described.releases
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The releases the client may read, newest first, each with its named fields; each is audited."""
        incident = one(self.actor, reference)
        found = selectors.releases_for(self.actor, incident)
        return json_response({"releases": [self._told(row) for row in found]})

    def _told(self, row: Release) -> dict[str, Any]:
        return {
            "reference": row.reference,
            "kind": row.kind,
            "status": row.status,
            "from": row.from_organisation.code,
            "to": row.to_organisation.code,
            "purpose": row.purpose,
            "lawful_basis": row.lawful_basis,
            "created_at": row.created_at,
            "acknowledge_by": row.acknowledge_by,
            "fields": services.read_release(actor=self.actor, release_id=row.pk),
        }


class Released(CaseApiView):
    """`/api/v1/releases`."""

    scopes = {"GET": READ}

    @described.released
    def get(self, request: Request) -> HttpResponse:
        """Which releases there are, without what they say: reading one is its own request, and is audited."""
        query = read(ReleasesQuerySerializer(data=asked(request)))
        rows = selectors.released_to(self.actor)
        if query["waiting"]:
            rows = selectors.releases_to_acknowledge(self.actor)
        if "before" in query:
            rows = rows.filter(pk__lt=self._place_of(query["before"]))
        limit = query["limit"]
        found = list(rows.order_by("-pk")[: limit + 1])
        ids = [row.pk for row in found[:limit]]
        audit.record(actor=self.actor, action="release.listed", target=Release, target_ids=ids)
        told = [heading(row) for row in found[:limit]]
        return json_response({"releases": told, "has_more": len(found) > limit})

    def _place_of(self, reference: str) -> int:
        """Where a page begins. Raises `Invalid` for what is no release of theirs."""
        found = selectors.released_to(self.actor).filter(reference=reference).values_list("pk", flat=True)
        if not found:
            raise Invalid({"before": "No such release is shown to you now. Begin again without it."})
        return found[0]


class OneRelease(CaseApiView):
    """`/api/v1/releases/{reference}`."""

    scopes = {"GET": READ}

    @described.release_read
    def get(self, request: Request, reference: str) -> HttpResponse:
        """What it says. Whoever released it sees that it was read."""
        row = received(self, reference)
        said = services.read_release(actor=self.actor, release_id=row.pk)
        row.refresh_from_db(fields=["first_read_at"])
        return json_response({**heading(row), "lawful_basis": row.lawful_basis, "said": said})


class Acknowledgement(CaseApiView):
    """`/api/v1/releases/{reference}/acknowledge`."""

    scopes = {"POST": ACKNOWLEDGE}

    @described.release_acknowledge
    def post(self, request: Request, reference: str) -> HttpResponse:
        """But threats to life (for a person) and intelligence reports (at an address of their own)."""
        read(NothingSerializer(data=request.data))
        row = received(self, reference)
        require(policies.may_answer_here(row))

        def run() -> tuple[int, Any]:
            done = services.acknowledge_release(actor=self.actor, release_id=row.pk)
            return 200, heading(received(self, done.reference))

        return answered_once(request, run)


def received(view: CaseApiView, reference: str) -> Release:
    """A release to the client's organisation. Raises `NotVisible`: 404."""
    row = selectors.released_to(view.actor).filter(reference=reference).first()
    if row is None:
        raise NotVisible(reference)
    return row


def heading(row: Release) -> dict[str, Any]:
    """A release without what it says."""
    return {
        "reference": row.reference,
        "kind": row.kind,
        "from": row.from_organisation.code,
        "to": row.to_organisation.code,
        "purpose": row.purpose,
        "released_at": row.decided_at,
        "expires_at": row.expires_at,
        "acknowledge_by": row.acknowledge_by,
        "acknowledged_at": row.acknowledged_at,
        "first_read_at": row.first_read_at,
    }
