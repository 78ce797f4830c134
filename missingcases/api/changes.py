"""What changed since a cursor."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from missingcases import selectors
from missingcases.api import described
from missingcases.api.base import CaseApiView, json_text, not_modified
from missingcases.api.incidents import READ, asked, read
from missingcases.api.serializers import ChangesQuerySerializer


class Changes(CaseApiView):
    """`/api/v1/changes`."""

    scopes = {"GET": READ}

    @described.changes
    def get(self, request: Request) -> HttpResponse:
        """Each incident that changed behind the cursor, once, as it stands now; nothing passed over."""
        query = read(ChangesQuerySerializer(data=asked(request)))
        tag, unchanged = not_modified(request, self.actor)
        if unchanged is not None:
            return unchanged
        page = selectors.changes_since(self.actor, query["cursor"], size=query["limit"])
        more = "true" if page.has_more else "false"
        body = f'{{"changes": {page.json}, "cursor": "{page.cursor}", "has_more": {more}}}'
        return json_text(body, tag)
