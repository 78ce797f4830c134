"""The content security policy: one for the whole site, put into words once and not at each answer."""

from __future__ import annotations

from functools import lru_cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# What a view may leave on its answer to have another policy (django-csp's decorators).
_OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")


class PolicyMiddleware(CSPMiddleware):  # type: ignore[misc]  # csp has no types
    """The library's, which is asked only where an answer has a policy of its own or used a nonce."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say the policy."""
        if getattr(request, "_csp_nonce", None) or any(hasattr(response, name) for name in _OWN):
            answer: HttpResponseBase = super().process_response(request, response)
            return answer
        if HEADER not in response.headers:
            response.headers[HEADER] = _in_words(repr(settings.CONTENT_SECURITY_POLICY))
        return response


@lru_cache(maxsize=8)
def _in_words(_configured: str) -> str:
    return str(build_policy())
