"""The base of every view of the API."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseBase
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from foundation.access import Access, Kind, Refused
from foundation.actors import Actor
from foundation.clients.api.authentication import BearerAuthentication
from foundation.clients.api.limits import Standing, count
from foundation.problems import Problem

log = structlog.get_logger(__name__)
NOT_FOUND = Problem(404, "not_found", "There is no such record, or your organisation may not see it.")


class OnlyJson(BaseContentNegotiation):
    """JSON is spoken here, whatever a caller would rather have."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The parser for the content type, or None: 415."""
        sent = (request.content_type or "").partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == sent), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The one there is."""
        return renderers[0], renderers[0].media_type


class WholeJson(JSONParser):
    """JSON; what is nested without end is none."""

    def parse(self, *given: Any, **more: Any) -> Any:
        """What was sent, as plain data."""
        try:
            return super().parse(*given, **more)
        except RecursionError:
            raise exceptions.ParseError from None


class ApiView(APIView):
    """Token, scope, limit, size, then the method. `scopes` names by method what the token must carry."""

    access = Access(Kind.API_CLIENT)
    scopes: ClassVar[dict[str, str]] = {}
    largest_body: ClassVar[int | None] = None  # bytes; None: what the settings say
    authentication_classes = [BearerAuthentication]
    permission_classes: list[Any] = []
    throttle_classes: list[Any] = []
    parser_classes = [WholeJson]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = OnlyJson
    metadata_class = None  # type: ignore[assignment]
    standing: Standing | None = None

    @property
    def actor(self) -> Actor:
        """The client."""
        actor: Actor = self.request._request.actor  # type: ignore[attr-defined]
        return actor

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Everything that is decided before the method runs."""
        self.perform_authentication(request)
        if request.auth is None:
            raise exceptions.NotAuthenticated("Send a token: Authorization: Bearer ...")
        self.standing = count(f"c{request.auth.client_id}", settings.API_REQUESTS_A_MINUTE)
        if self.standing.is_over:
            raise Problem(429, "too_many", "Wait as Retry-After says, then go on.")
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in self.scopes:
            raise exceptions.MethodNotAllowed(method)
        if self.scopes[method] not in request.auth.scopes:
            raise Problem(403, "scope", f"The token needs the scope {self.scopes[method]}.")
        most = self.largest_body or settings.API_LARGEST_BODY
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            raise Problem(413, "too_large", f"Send at most {most:,} bytes.")

    @property
    def allowed_methods(self) -> list[str]:
        """What the Allow header names."""
        return sorted(self.scopes)

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Say how the client stands with its limit."""
        found: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        for name, value in (self.standing.headers() if self.standing else {}).items():
            found.headers[name] = value
        return found

    def problem_of(self, error: Exception) -> Problem | None:
        """What a room's own exception is to a caller; rooms above add theirs."""
        if isinstance(error, Problem):
            return error
        if isinstance(error, Refused):
            return Problem(403, error.refusal.code, error.refusal.message)
        if isinstance(error, Http404):
            return NOT_FOUND
        if isinstance(error, PermissionDenied):
            return Problem(403, "refused", "This is not allowed.")
        return None

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        """Every failure is a problem document; what nobody foresaw is logged by its kind alone."""
        headers: dict[str, str] = {}
        problem = self.problem_of(exc)
        if problem is None and isinstance(exc, exceptions.APIException):
            problem = _of_drf(exc)
            if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
                headers["WWW-Authenticate"] = self.get_authenticate_header(self.request) or "Bearer"
            if isinstance(exc, exceptions.MethodNotAllowed):
                headers["Allow"] = ", ".join(self.allowed_methods)
        if problem is None and isinstance(exc, OperationalError | InterfaceError):
            problem, headers = Problem(503, "unavailable", "Try again in a moment."), {"Retry-After": "30"}
        if problem is None:
            log.error("api_failed", error=type(exc).__name__)
            raise exc
        return problem.response(headers)


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """An answer from plain data; times come out in ISO form."""
    return HttpResponse(
        json.dumps(body, cls=DjangoJSONEncoder),
        status=status,
        content_type="application/json",
        headers=headers,
    )


def _of_drf(exc: exceptions.APIException) -> Problem:
    if isinstance(exc, exceptions.ValidationError):
        return Problem(
            422, "invalid", "Mend the fields that are named and send it again.", errors=flat(exc.detail)
        )
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return Problem(401, "token", str(exc.detail))
    if isinstance(exc, exceptions.UnsupportedMediaType):
        return Problem(415, "media_type", "Send application/json.")
    if isinstance(exc, exceptions.MethodNotAllowed):
        return Problem(405, "method", "The Allow header names what can be done here.")
    if isinstance(exc, exceptions.ParseError):
        return Problem(400, "json", "This is not JSON as RFC 8259 has it.")
    return Problem(exc.status_code, "refused", str(exc.default_detail))


def flat(detail: Any, prefix: str = "") -> dict[str, str]:
    """Nested errors by dotted name."""
    if isinstance(detail, dict):
        found: dict[str, str] = {}
        for name, inner in detail.items():
            inside = "" if name == "non_field_errors" else str(name)
            found |= flat(inner, ".".join(part for part in (prefix, inside) if part))
        return found
    if isinstance(detail, list) and any(isinstance(one, dict) for one in detail):
        return flat({str(number): one for number, one in enumerate(detail) if one}, prefix)
    said = " ".join(str(one) for one in detail) if isinstance(detail, list) else str(detail)
    return {prefix or "body": said}
