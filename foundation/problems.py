"""Errors of the API as RFC 9457 problem details. The pages have `config.error_views`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse

CONTENT_TYPE = "application/problem+json"
API_ROOT = "/api/"
TITLES = {
    400: "The request cannot be read",
    401: "A valid token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Not done here",
    409: "Changed meanwhile",
    413: "Too large",
    415: "Not a format that is read here",
    422: "Some of it cannot be stored",
    429: "Too many requests",
    500: "Something failed here",
    503: "Not available now",
}


class Problem(Exception):
    """Raised in an API room. `errors` maps a field's name (dotted where nested) to words."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail
        self.errors, self.more = dict(errors or {}), more

    def response(self, headers: Mapping[str, str] | None = None) -> HttpResponse:
        """The answer."""
        body: dict[str, Any] = {
            "type": f"urn:harbour:problem:{self.code}",
            "title": TITLES.get(self.status, "Refused"),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"field": name, "message": said} for name, said in sorted(self.errors.items())]
        return HttpResponse(
            json.dumps(body | self.more, cls=DjangoJSONEncoder),
            status=self.status,
            content_type=CONTENT_TYPE,
            headers=dict(headers or {}),
        )


def wanted_by(request: HttpRequest) -> bool:
    """Whether whoever asks is a system, which reads problem details and no page."""
    return request.path.startswith(API_ROOT)
