"""Incidents: list, report, read, correct, found."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request

from foundation.clients.api import answered_once, json_response
from missingcases import selectors, services
from missingcases.api import described
from missingcases.api.answering import INCIDENTS, READ, WRITE
from missingcases.api.base import CaseApiView, one
from missingcases.api.serializers import (
    CorrectionSerializer,
    ListQuerySerializer,
    LocatedSerializer,
    ReportSerializer,
)
from missingcases.models import Incident
from missingcases.services import PersonDetails, PhoneDetails, ReportDetails, ReporterDetails

_IDS = {name: f"{name}_id" for name in ("last_seen_area", "placing_authority", "host_authority")}
_REPORT = ("reported_at", "last_seen_at", "last_seen_place", "force_reference", "cad_reference")


def read(serializer: Any) -> dict[str, Any]:
    """The checked data. Raises DRF's `ValidationError`."""
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def asked(request: Request) -> dict[str, str]:
    """The query as a dictionary, so that an unknown name is an error; the last of a repeated one counts."""
    return dict(request.query_params.items())


class Incidents(CaseApiView):
    """`/api/v1/incidents`."""

    scopes = {"GET": READ, "POST": WRITE}

    @described.incident_list
    def get(self, request: Request) -> HttpResponse:
        """Newest report first, by cursor; 304 where nothing the client sees has changed."""
        query = read(ListQuerySerializer(data=asked(request)))
        return INCIDENTS.answer(self.actor, request.headers.get("If-None-Match", ""), query)

    @described.incident_report
    def post(self, request: Request) -> HttpResponse:
        """Report somebody missing."""
        data = read(ReportSerializer(data=request.data))
        return answered_once(request, lambda: (201, self._report(data)))

    def _report(self, data: dict[str, Any]) -> dict[str, Any]:
        person = data.get("person", {})
        aliases = tuple(person.pop("aliases", ()))
        said = data.get("circumstances", "")
        incident = services.report_incident(
            actor=self.actor,
            person=PersonDetails(**person, aliases=aliases),
            person_reference=data.get("person_reference", ""),
            report=ReportDetails(
                **{name: data[name] for name in (*_REPORT, "looked_after") if name in data},
                **{_IDS[name]: data[name] for name in _IDS if name in data},
                circumstances={"what_happened": said} if said else None,
            ),
            reporter=ReporterDetails(**data["reporter"]) if "reporter" in data else None,
        )
        for phone in data.get("telephones", ()):
            services.add_phone(
                actor=self.actor, incident_id=incident.pk, phone=PhoneDetails(number=phone["number"])
            )
        return told(self, incident)


def told(view: CaseApiView, incident: Incident) -> dict[str, Any]:
    """The incident as it stands after a write."""
    fresh = Incident.objects.select_related("person").get(pk=incident.pk)
    return selectors.facts_of(view.actor, fresh).told


class OneIncident(CaseApiView):
    """`/api/v1/incidents/{reference}`."""

    scopes = {"GET": READ, "PATCH": WRITE}

    @described.incident_read
    def get(self, request: Request, reference: str) -> HttpResponse:
        """Everything the client may know of one incident. Each opening is audited."""
        facts = selectors.facts_of(self.actor, one(self.actor, reference))
        answer = json_response(facts.told, headers={"Cache-Control": "private, no-cache"})
        tag = f'"{sha256(answer.content).hexdigest()[:32]}"'
        if tag in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": "private, no-cache"})
        answer.headers["ETag"] = tag
        return answer

    @described.incident_correct
    def patch(self, request: Request, reference: str) -> HttpResponse:
        """Correct facts of the incident and of who is missing, in one step or not at all."""
        data = read(CorrectionSerializer(data=request.data))
        incident = one(self.actor, reference)
        with transaction.atomic():
            self._correct(incident, data)
        return json_response(told(self, incident))

    def _correct(self, incident: Incident, data: dict[str, Any]) -> None:
        person, version = data.pop("person", None), data.pop("version")
        changes = {_IDS.get(name, name): value for name, value in data.items()}
        services.edit_incident(actor=self.actor, incident_id=incident.pk, version=version, changes=changes)
        if person is not None:
            read_at = person.pop("version")
            services.edit_person(actor=self.actor, incident_id=incident.pk, version=read_at, changes=person)


class Located(CaseApiView):
    """`/api/v1/incidents/{reference}/located`."""

    scopes = {"POST": WRITE}

    @described.incident_located
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Record that somebody is found: texts, appeals and alerts stop in the same transaction."""
        data = read(LocatedSerializer(data=request.data))
        incident = one(self.actor, reference)

        def run() -> tuple[int, Any]:
            services.record_located(actor=self.actor, incident_id=incident.pk, **data)
            return 200, told(self, incident)

        return answered_once(request, run)
