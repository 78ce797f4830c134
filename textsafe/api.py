"""TextSafe for a force's own systems: ask, and read what an officer would read. Nothing else is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request as HttpRequest

from foundation.clients.api import StrictSerializer, answered_once, json_response
from foundation.clients.api.describing import IDEMPOTENCY_KEY, endpoint, example, reference
from foundation.clients.api.repeats import key_of
from foundation.exceptions import NotVisible
from missingcases.api.base import CaseApiView, one
from missingcases.models import Incident
from textsafe import questions, selectors
from textsafe.enums import Language, OfficerStatus
from textsafe.models import Request
from textsafe.services import requests

SCOPE = "textsafe:request"
_OURS = UUID("6ff0b2c8-4c0e-4f5c-9a53-9a1d8f1a7a11")
_INCIDENT = reference("incident", "MI")
_TOLD = {
    "reference": "TS-7KQ2M9XD",
    "incident": "MI-7KQ2M9XD",
    "requested_at": "2026-11-23T14:05:00Z",
    "status": "waiting",
    "sent_at": None,
    "delivered_at": None,
}


class AnswersSerializer(StrictSerializer):
    """The screening questions; one left out counts as not known."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One field a question."""
        return {
            one.code: serializers.ChoiceField(
                choices=one.answers.choices, required=False, help_text=f"{one.words} {one.why}"
            )
            for one in questions.QUESTIONS
        }


class AskSerializer(StrictSerializer):
    """A text to one number."""

    number = serializers.CharField(max_length=40)
    answers = AnswersSerializer()
    language = serializers.ChoiceField(choices=Language.choices, default=Language.ENGLISH)


class RequestAnswer(serializers.Serializer):
    """What an officer would see. "Not sent" has one form, whatever the reason."""

    reference = serializers.CharField()
    incident = serializers.CharField()
    requested_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=OfficerStatus.choices)
    sent_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)


class RequestsAnswer(serializers.Serializer):
    requests = RequestAnswer(many=True)


class _TextSafeView(CaseApiView):
    def own_incident(self, reference: str) -> Incident:
        """The incident, for its own force alone. Raises `NotVisible`."""
        incident = one(self.actor, reference)
        if incident.owner_id != self.actor.organisation_id:
            raise NotVisible(reference)
        return incident

    def told(self, row: Request) -> dict[str, Any]:
        """The officer's view of a request; each look is audited, as on the page."""
        view = selectors.seen_by_officer(row, now=timezone.now())
        requests.record_delivery_viewed(actor=self.actor, request=row, view=view, again=False)
        return {
            "reference": row.reference,
            "incident": row.incident.reference,
            "requested_at": row.requested_at,
            "status": view.status.value,
            "sent_at": view.sent_at,
            "delivered_at": view.delivered_at,
        }


class Requests(_TextSafeView):
    """`/api/v1/incidents/{reference}/textsafe`."""

    scopes = {"GET": SCOPE, "POST": SCOPE}

    @endpoint(
        "listTextSafe",
        "Requests for a text for one incident, newest first",
        answers=RequestsAnswer,
        parameters=[_INCIDENT],
        fails=(404,),
        examples=[example("One request", {"requests": [_TOLD]}, status=200)],
    )
    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """What was asked for, and what an officer may know of each."""
        incident = self.own_incident(reference)
        found = selectors.requests_of_incident(self.actor, incident.pk)
        return json_response({"requests": [self.told(row) for row in found]})

    @endpoint(
        "requestTextSafe",
        "Ask for a text to one number",
        sends=AskSerializer,
        answers=RequestAnswer,
        status=201,
        parameters=[_INCIDENT, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example(
                "With the person",
                {
                    "number": "07700 900123",
                    "answers": {"verified": "yes", "place": "with_person", "held_by": "person"},
                },
            ),
            example("Taken", _TOLD, status=201),
        ],
    )
    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Ask; asking again for a number that waits gives that request back."""
        asked = AskSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        incident = self.own_incident(reference)
        token = uuid5(_OURS, f"{request.auth.client_id} {incident.pk} {key_of(request)}")
        return answered_once(request, lambda: (201, self._ask(incident, token, asked.validated_data)))

    def _ask(self, incident: Incident, token: UUID, data: dict[str, Any]) -> dict[str, Any]:
        made = requests.ask_for_text(
            actor=self.actor,
            incident_id=incident.pk,
            form_token=token,
            phone_id=None,
            number=data["number"],
            answers=dict(data["answers"]),
            language=data["language"],
        )
        return self.told(made)


class OneRequest(_TextSafeView):
    """`/api/v1/textsafe/{reference}`."""

    scopes = {"GET": SCOPE}

    @endpoint(
        "readTextSafe",
        "What became of a request, as far as the police side may know",
        answers=RequestAnswer,
        parameters=[reference("request", "TS")],
        fails=(404,),
        examples=[example("Waiting", _TOLD, status=200)],
    )
    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Waiting, sent, delivered or not sent, exactly as on the officer's page."""
        rows = selectors.requests_visible_to(self.actor).select_related("incident")
        found = rows.filter(reference=reference).first()
        if found is None:
            raise NotVisible(reference)
        return json_response(self.told(found))
