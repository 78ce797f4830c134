"""The finishing touches on the OpenAPI description."""

from __future__ import annotations

from typing import Any

from django.conf import settings

_GIVEN_AT = "/api/v1/token"
_SECURITY = "client"


def only_the_api(endpoints: list[Any]) -> list[Any]:
    """Without the token, which is OAuth's own and described as the security scheme, and the schema."""
    return [one for one in endpoints if one[0].startswith("/api/v1/") and not one[0].endswith("/schema")]


def finished(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """The security scheme, and by operation the scope that the view asks for."""
    schemes = result.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes[_SECURITY] = {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": _GIVEN_AT, "scopes": settings.API_SCOPES}},
    }
    for path, _, method, view in generator._get_paths_and_endpoints():
        scope = view.scopes.get(method)
        result["paths"][path][method.lower()]["security"] = [{_SECURITY: [scope]}]
    return result
