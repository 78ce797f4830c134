"""What was released of an incident to the client's organisation, or by it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from foundation.clients.api import json_response
from missingcases import selectors, services
from missingcases.api import described
from missingcases.api.base import CaseApiView, one
from missingcases.models import Release


class Releases(CaseApiView):
    """`/api/v1/incidents/{reference}/releases`."""

    scopes = {"GET": "releases:read"}

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
