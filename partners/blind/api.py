"""Blind matching for a partner's own system: send patterns, and read what the force has confirmed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from foundation.audit import services as audit
from foundation.clients.api import StrictSerializer, answered_once, json_response
from foundation.clients.api.describing import IDEMPOTENCY_KEY, endpoint, example, reference
from foundation.exceptions import Invalid
from missingcases.api.base import CaseApiView
from partners.blind import selectors, services
from partners.blind.encoding import FORMAT
from partners.blind.enums import CandidateStatus
from partners.blind.files import BadFile, of_parts
from partners.blind.models import Candidate

SCOPE = "partners:match"
_PAIRING = reference("pairing", "BM")
_TOLD = {"reference": "BC-7KQ2M9XD", "label": "TR-0417", "is_strong": True, "status": "confirmed_here"}


class PatternsSerializer(StrictSerializer):
    """What the encoding tool writes with `--json`."""

    format = serializers.ChoiceField(choices=[FORMAT])
    key = serializers.CharField(max_length=16)
    rows = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=200), min_length=2, max_length=2),
        max_length=10_000,
    )
    seal = serializers.CharField(max_length=64)


class ComparedAnswer(serializers.Serializer):
    """That it was compared. What was found is looked at by a person of the force first."""

    reference = serializers.CharField()
    compared_at = serializers.DateTimeField()
    rows = serializers.IntegerField()


class MatchAnswer(serializers.Serializer):
    """One possible match that the force has confirmed: your own label, and no more."""

    reference = serializers.CharField()
    label = serializers.CharField()
    is_strong = serializers.BooleanField()
    status = serializers.ChoiceField(choices=CandidateStatus.choices)


class MatchesAnswer(serializers.Serializer):
    matches = MatchAnswer(many=True)


class Comparisons(CaseApiView):
    """`/api/v1/blind-matching/{reference}/comparisons`."""

    scopes = {"POST": SCOPE}
    largest_body = 2_400_000

    @endpoint(
        "comparePatterns",
        "Have a list of patterns compared with a force's long-term people",
        sends=PatternsSerializer,
        answers=ComparedAnswer,
        status=201,
        parameters=[_PAIRING, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example(
                "Compared",
                {"reference": "BR-7KQ2M9XD", "compared_at": "2026-11-23T14:05:00Z", "rows": 412},
                status=201,
            )
        ],
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Compare; patterns are not kept. A person takes the key and gives it to the system."""
        sent = PatternsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        pairing = selectors.pairing_named(self.actor, reference)
        with services.refusals_noted(self.actor, pairing.pk):
            return answered_once(request, lambda: (201, self._compare(pairing.pk, sent.validated_data)))

    def _compare(self, pairing_id: int, data: dict[str, Any]) -> dict[str, Any]:
        try:
            held = of_parts(data["format"], data["key"], data["rows"], data["seal"])
        except BadFile as bad:
            raise Invalid({"rows": str(bad)}) from None
        run = services.compare(actor=self.actor, pairing_id=pairing_id, held=held)
        return {"reference": run.reference, "compared_at": run.asked_at, "rows": run.rows}


class Matches(CaseApiView):
    """`/api/v1/blind-matching/{reference}/matches`."""

    scopes = {"GET": SCOPE}

    @endpoint(
        "listPossibleMatches",
        "The possible matches that the force has confirmed, newest first",
        answers=MatchesAnswer,
        parameters=[_PAIRING],
        fails=(404,),
        examples=[example("One that waits for you", {"matches": [_TOLD]}, status=200)],
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Your own labels. A person confirms, on the page of the possible match."""
        pairing = selectors.pairing_named(self.actor, reference)
        rows = list(
            selectors.candidates_visible_to(self.actor).filter(pairing=pairing)[: 4 * selectors.SHOWN]
        )
        audit.record(
            actor=self.actor,
            action="blind.candidates_read",
            target=Candidate,
            target_ids=sorted(row.pk for row in rows),
        )
        return json_response({"matches": [{name: getattr(row, name) for name in _TOLD} for row in rows]})
