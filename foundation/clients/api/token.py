"""Where a client gets its token (OAuth 2.0 client credentials, RFC 6749 section 4.4)."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.models import get_access_token_model
from oauth2_provider.views import TokenView

from foundation import request_ids
from foundation.access import Access, Kind
from foundation.accounts.addresses import client_address
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clients.api.limits import Standing, count
from foundation.clients.models import CALLER
from foundation.problems import Problem

_ONLY = "client_credentials"


@method_decorator(csrf_exempt, name="dispatch")
class Token(TokenView):  # type: ignore[misc]
    """Client id and secret in, a token for an hour out. Errors are as RFC 6749 has them."""

    access = Access(Kind.API_CLIENT)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give a token, and write down that it was given."""
        caller = client_address(request)
        request.META[CALLER] = caller
        who = sha256(f"{settings.SECRET_KEY}{caller}".encode()).hexdigest()[:16]
        standing = count(f"t{who}", settings.API_TOKENS_A_MINUTE)
        if standing.is_over:
            return Problem(429, "too_many", "Keep a token until it runs out.").response(standing.headers())
        if request.POST.get("grant_type") != _ONLY:
            return _refused("unsupported_grant_type", standing)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if answer.status_code == 200:
            _record(json.loads(answer.content)["access_token"], caller, request)
        for name, value in standing.headers().items():
            answer.headers[name] = value
        return answer


def _refused(code: str, standing: Standing) -> HttpResponse:
    return HttpResponse(
        json.dumps({"error": code}), status=400, content_type="application/json", headers=standing.headers()
    )


def _record(token: str, caller: str, request: HttpRequest) -> None:
    checksum = sha256(token.encode()).hexdigest()
    row = get_access_token_model().objects.select_related("application").get(token_checksum=checksum)
    client: Any = row.application
    actor = Actor(
        organisation_id=client.organisation_id,
        roles=frozenset({Role.API_CLIENT}),
        client_id=client.pk,
        source=caller,
        request_id=request_ids.current(),
    )
    audit.record(actor=actor, action="client.token_given", target=client, fields=row.scope.split())
