"""The description of the API, for programs and for people."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from foundation.access import Access, Kind, public


class Schema(SpectacularAPIView):
    """`/api/v1/schema`: OpenAPI 3.1 as JSON. It holds no data, so it needs no token."""

    access = Access(Kind.PUBLIC)
    http_method_names = ["get", "head"]
    authentication_classes = []
    permission_classes = []
    renderer_classes = [OpenApiJsonRenderer]


# The library draws its signs from data: addresses in its style sheet.
@public
@require_safe
@csp_update({"img-src": ["data:"]})
def page(request: HttpRequest) -> HttpResponse:
    """The description to browse and try, from files that we serve ourselves."""
    return render(request, "api/docs.html")
