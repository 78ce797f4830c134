"""Return Home Interviews for a force's own systems: refer, and read what the force may know. No content."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from foundation.audit import services as audit
from foundation.clients.api import StrictSerializer, answered_once, json_response
from foundation.clients.api.describing import IDEMPOTENCY_KEY, endpoint, example, reference
from foundation.exceptions import NotVisible
from missingcases.api.base import CaseApiView, one
from missingcases.models import Incident
from rhi import services
from rhi.enums import GenderPreference, Standing
from rhi.models import Referral
from rhi.selectors.standing import StandingView, standings_for

SCOPE = "rhi:refer"
_INCIDENT = reference("incident", "MI")
_TOLD = {
    "reference": "RH-7KQ2M9XD",
    "referred_at": "2026-11-23T14:05:00Z",
    "due_at": "2026-11-26T11:30:00Z",
    "status": "open",
    "held_at": None,
}


class ReferSerializer(StrictSerializer):
    """What is known of reaching the child. `returned_at` where the incident does not have it."""

    returned_at = serializers.DateTimeField(required=False)
    carer = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    safe_contact = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    cared_for_by = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    language = serializers.CharField(max_length=60, required=False, allow_blank=True)
    needs = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    gender_preference = serializers.ChoiceField(choices=GenderPreference.choices, required=False)
    worker_safety = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class ReferralAnswer(serializers.Serializer):
    """Dates, and how it stands. "Not held" has one form, whatever the reason."""

    reference = serializers.CharField()
    referred_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=Standing.choices)
    held_at = serializers.DateTimeField(allow_null=True)


class ReferralsAnswer(serializers.Serializer):
    referrals = ReferralAnswer(many=True)


class Referrals(CaseApiView):
    """`/api/v1/incidents/{reference}/rhi`."""

    scopes = {"GET": SCOPE, "POST": SCOPE}

    @endpoint(
        "listReturnHomeInterviews",
        "The referrals of one incident for a Return Home Interview, newest first",
        answers=ReferralsAnswer,
        parameters=[_INCIDENT],
        fails=(404,),
        examples=[example("One referral", {"referrals": [_TOLD]}, status=200)],
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Dates and how each stands; what a child said, or refused to say, is never told."""
        incident = self.own_incident(reference)
        audit.record(actor=self.actor, action="rhi.standing_read", target=Referral, incident_id=incident.pk)
        found = standings_for(self.actor, incident)
        return json_response({"referrals": [_told(view) for view in found]})

    @endpoint(
        "referForReturnHomeInterview",
        "Refer the child of one incident",
        sends=ReferSerializer,
        answers=ReferralAnswer,
        status=201,
        parameters=[_INCIDENT, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example("With how to reach them", {"carer": "Her grandmother", "safe_contact": "Text first."}),
            example("Taken", _TOLD, status=201),
        ],
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Refer; a return that was referred already is refused."""
        asked = ReferSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        incident = self.own_incident(reference)
        return answered_once(request, lambda: (201, self._refer(incident, asked.validated_data)))

    def own_incident(self, reference: str) -> Incident:
        """The incident, for its own force alone. Raises `NotVisible`."""
        incident = one(self.actor, reference)
        if incident.owner_id != self.actor.organisation_id:
            raise NotVisible(reference)
        return incident

    def _refer(self, incident: Incident, data: dict[str, Any]) -> dict[str, Any]:
        returned_at = data.pop("returned_at", None)
        services.refer(
            actor=self.actor,
            incident_id=incident.pk,
            returned_at=returned_at,
            details=services.Details(**data),
        )
        return _told(standings_for(self.actor, incident)[0])


def _told(view: StandingView) -> dict[str, Any]:
    return {
        "reference": view.reference,
        "referred_at": view.referred_at,
        "due_at": view.due_at,
        "status": view.standing.value,
        "held_at": view.held_at,
    }
