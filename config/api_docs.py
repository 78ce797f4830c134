"""The description of the API, for programs and for people."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from config import api_browsing
from foundation.access import Access, Kind, public


class Schema(SpectacularAPIView):
    """`/api/v1/schema`: OpenAPI 3.1 as JSON. It holds no data, so it needs no token."""

    access = Access(Kind.PUBLIC)
    http_method_names = ["get", "head"]
    authentication_classes = []
    permission_classes = []
    renderer_classes = [OpenApiJsonRenderer]


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    """What the page shows; the code of the API does not change while a process runs."""
    schema = SchemaGenerator(urlconf="config.urls").get_schema(request=None, public=True)
    return {
        "operations": api_browsing.operations(schema, settings.STAFF_BASE_URL),
        "shapes": api_browsing.shapes(schema),
        "scopes": list(settings.API_SCOPES.items()),
        "base": settings.STAFF_BASE_URL,
    }


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The description to read, drawn here from the same code that `Schema` answers from."""
    return render(request, "api/docs.html", _described())
