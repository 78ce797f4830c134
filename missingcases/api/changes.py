"""What changed since a cursor."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from missingcases.api import described
from missingcases.api.answering import CHANGES, READ
from missingcases.api.base import CaseApiView
from missingcases.api.incidents import asked, read
from missingcases.api.serializers import ChangesQuerySerializer


class Changes(CaseApiView):
    """`/api/v1/changes`."""

    scopes = {"GET": READ}

    @described.changes
    def get(self, request: Request) -> HttpResponse:
        """Each incident that changed behind the cursor, once, as it stands now; nothing passed over."""
        query = read(ChangesQuerySerializer(data=asked(request)))
        return CHANGES.answer(self.actor, request.headers.get("If-None-Match", ""), query)
