"""How an endpoint stands in the OpenAPI description: one shape for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

Decorator = Callable[[Any], Any]
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{8,100}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="New for each thing you do; send the same one when you send the same request again.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of the last answer: 304 where nothing has changed.",
)


def reference(kind: str, letter: str) -> OpenApiParameter:
    """The reference of a record in an address."""
    return OpenApiParameter(
        "reference",
        {"type": "string", "pattern": f"^{letter}-[0-9A-Z]{{8}}$"},
        OpenApiParameter.PATH,
        description=f"The reference of the {kind}.",
    )


class ProblemErrorSerializer(serializers.Serializer):
    """One field that has to be mended."""

    field = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457 problem details."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)
    version = serializers.IntegerField(required=False, help_text="At a conflict: the version to send next.")
    theirs = serializers.DictField(required=False, help_text="At a conflict: what is stored.")
    yours = serializers.DictField(required=False, help_text="At a conflict: what you sent.")


_SAID = {
    304: "Nothing has changed.",
    400: "It cannot be read.",
    401: "The token is missing, unknown, run out or shut out.",
    403: "Your token's scope or the rules do not allow it.",
    404: "There is no such record, or your organisation may not see it.",
    409: "Changed meanwhile: both sides are shown, nothing was written.",
    413: "Too large.",
    415: "Not JSON.",
    422: "Some of it cannot be stored; each field is named.",
    429: "Too many in this minute: wait as Retry-After says.",
}
_ALWAYS = (401, 403, 429)


def endpoint(
    name: str,
    summary: str,
    *,
    answers: Any,
    status: int = 200,
    sends: Any = None,
    parameters: Sequence[Any] = (),
    fails: Sequence[int] = (),
    examples: Sequence[OpenApiExample] = (),
) -> Decorator:
    """Describe one method of one address; 401, 403 and 429 are said of each."""
    responses: dict[Any, Any] = {status: OpenApiResponse(answers, summary)}
    for code in sorted({*_ALWAYS, *fails}):
        if code == 304:
            responses[code] = OpenApiResponse(None, _SAID[code])
        else:
            responses[code, "application/problem+json"] = OpenApiResponse(ProblemSerializer, _SAID[code])
    decorator: Decorator = extend_schema(
        operation_id=name,
        summary=summary,
        request=sends,
        responses=responses,
        parameters=list(parameters),
        examples=list(examples),
    )
    return decorator


def example(name: str, value: Any, *, status: int | None = None) -> OpenApiExample:
    """An example of what is sent, or with a `status` of what is answered."""
    if status is None:
        return OpenApiExample(name, value=value, request_only=True)
    return OpenApiExample(name, value=value, response_only=True, status_codes=[str(status)])
