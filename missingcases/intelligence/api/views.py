"""The endpoints of intelligence reports."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from foundation.access import Refused
from foundation.clients.api import answered_once, json_response
from foundation.clients.api.describing import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    endpoint,
    example,
    reference,
)
from foundation.exceptions import Invalid
from foundation.problems import Problem
from missingcases.api.base import CaseApiView
from missingcases.api.incidents import asked
from missingcases.intelligence import selectors, services
from missingcases.intelligence.api.serializers import (
    OutcomeSerializer,
    ReportAnswer,
    ReportsAnswer,
    ReportsQuery,
)
from missingcases.intelligence.models import Report
from missingcases.intelligence.telling import Told

READ, ANSWER = "intelligence:read", "intelligence:answer"
_REPORT = reference("report", "IR")
_LISTED = {
    "reference": "IR-7KQ2M9XD",
    "sender": "missing-people",
    "topic": "cse",
    "urgency": "routine",
    "status": "sent",
    "sent_at": "2026-11-23T14:05:00Z",
    "acknowledge_by": "2026-11-24T14:05:00Z",
    "acknowledged_at": None,
    "outcome": "",
    "version": 4,
}
_TOLD = _LISTED | {
    "obtained": "22 November 2026, 21:40",
    "source": "S-4F7K",
    "incidents": ["MI-7KQ2M9XD"],
    "instructions": "",
    "lines": [
        {
            "text": "Girls are picked up in a white van behind a supermarket in Peckham.",
            "source_grade": 2,
            "intelligence_grade": "C",
            "handling": "P",
            "conditions": "",
        }
    ],
}
_TAKEN = _TOLD | {"status": "acknowledged", "acknowledged_at": "2026-11-23T14:20:00Z", "version": 5}


def _listed(row: Report) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "sender": row.organisation.code,
        "topic": row.topic,
        "urgency": row.urgency,
        "status": row.status,
        "sent_at": row.sent_at,
        "acknowledge_by": row.acknowledge_by,
        "acknowledged_at": row.acknowledged_at,
        "outcome": row.outcome,
        "version": row.version,
    }


def _whole(row: Report, told: Told) -> dict[str, Any]:
    return _listed(row) | {
        "obtained": told.obtained,
        "source": told.source,
        "incidents": list(told.incidents),
        "instructions": told.instructions,
        "lines": [asdict(line) for line in told.lines],
    }


class _ReportsView(CaseApiView):
    def problem_of(self, error: Exception) -> Problem | None:
        """A move that cannot be made any more is of the report."""
        if isinstance(error, Refused) and error.refusal.code == "illegal_move":
            return Problem(409, "illegal_move", "The report has moved on. Read it again.")
        return super().problem_of(error)

    def whole(self, reference: str) -> dict[str, Any]:
        """One report; the reading is on the trail."""
        return _whole(*services.read_received(actor=self.actor, reference=reference))


class Reports(_ReportsView):
    """`/api/v1/intelligence`."""

    scopes = {"GET": READ}

    @endpoint(
        "listIntelligence",
        "The intelligence reports sent to your force, newest first",
        answers=ReportsAnswer,
        parameters=[ReportsQuery],
        fails=(422,),
        examples=[example("One that waits", {"reports": [_LISTED], "has_more": False}, status=200)],
    )
    def get(self, request: Request) -> HttpResponse:
        """How each stands, without its text. A report that was withdrawn is not among them any more."""
        query = ReportsQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        rows = selectors.received_by(self.actor).order_by("-release_id")
        if status := query.validated_data.get("status"):
            rows = rows.filter(status=status)
        if before := query.validated_data.get("before"):
            last = selectors.received_by(self.actor).filter(reference=before).first()
            if last is None:
                raise Invalid({"before": "You have no report of this reference. Begin anew without it."})
            rows = rows.filter(release_id__lt=last.release_id)
        found = list(rows[: selectors.SHOWN + 1])
        shown = found[: selectors.SHOWN]
        services.note_listed(self.actor, shown)
        return json_response(
            {"reports": [_listed(row) for row in shown], "has_more": len(found) > selectors.SHOWN}
        )


class OneReport(_ReportsView):
    """`/api/v1/intelligence/{reference}`."""

    scopes = {"GET": READ}

    @endpoint(
        "readIntelligence",
        "One intelligence report, as it was released to your force",
        answers=ReportAnswer,
        parameters=[_REPORT, IF_NONE_MATCH],
        fails=(404,),
        examples=[example("Two by a C", _TOLD, status=200)],
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        """The sanitised lines with their gradings. Where it came from is never told."""
        row = selectors.report_for(self.actor, reference)
        tag = f'"{sha256(f"{row.pk} {row.version}".encode()).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("If-None-Match") == tag:
            return HttpResponse(status=304, headers=headers)
        answer = json_response(self.whole(reference))
        for name, value in headers.items():
            answer.headers[name] = value
        return answer


class Acknowledgement(_ReportsView):
    """`/api/v1/intelligence/{reference}/acknowledge`."""

    scopes = {"POST": ANSWER}

    @endpoint(
        "acknowledgeIntelligence",
        "Say that your force has a report",
        answers=ReportAnswer,
        parameters=[_REPORT, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[example("Acknowledged", _TAKEN, status=200)],
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """It is due by `acknowledge_by`: an hour for what is immediate, else a day."""
        selectors.report_for(self.actor, reference)
        return answered_once(request, lambda: (200, self._acknowledge(reference)))

    def _acknowledge(self, reference: str) -> dict[str, Any]:
        services.acknowledge_report(actor=self.actor, reference=reference)
        return self.whole(reference)


class Outcome(_ReportsView):
    """`/api/v1/intelligence/{reference}/outcome`."""

    scopes = {"POST": ANSWER}

    @endpoint(
        "giveIntelligenceOutcome",
        "Say what came of a report",
        sends=OutcomeSerializer,
        answers=ReportAnswer,
        parameters=[_REPORT, IDEMPOTENCY_KEY],
        fails=(400, 404, 409, 413, 415, 422),
        examples=[
            example("It led to action", {"outcome": "led_to_action", "words": "Two men were arrested."}),
            example("Kept", _TAKEN | {"status": "outcome", "outcome": "led_to_action"}, status=200),
        ],
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Once it is acknowledged. Whoever wrote it reads the outcome."""
        given = OutcomeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        selectors.report_for(self.actor, reference)
        return answered_once(request, lambda: (200, self._answer(reference, given.validated_data)))

    def _answer(self, reference: str, data: dict[str, Any]) -> dict[str, Any]:
        services.give_outcome(actor=self.actor, reference=reference, **data)
        return self.whole(reference)
