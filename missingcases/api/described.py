"""The endpoints about incidents as the OpenAPI description shows them."""

from __future__ import annotations

from foundation.clients.api.describing import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    endpoint,
    example,
    reference,
)
from missingcases.api import answers
from missingcases.api.serializers import (
    ChangesQuerySerializer,
    CorrectionSerializer,
    ListQuerySerializer,
    LocatedSerializer,
    NothingSerializer,
    ReleasesQuerySerializer,
    ReportSerializer,
)

INCIDENT = reference("incident", "MI")
_BODY = (400, 413, 415, 422)

_TOLD = {
    "reference": "MI-7KQ2M9XD",
    "owner": "metropolitan",
    "force_reference": "MP/2026/1042",
    "status": "missing",
    "risk_level": "medium",
    "reported_at": "2026-11-23T14:05:00+00:00",
    "last_seen_at": "2026-11-23T11:30:00+00:00",
    "last_seen_place": "Brixton station",
    "age_at_report": 15,
    "looked_after": "yes",
    "located_at": None,
    "returned_at": None,
    "closed_at": None,
    "outcome": "",
    "version": 3,
    "updated_at": "2026-11-23T14:30:00+00:00",
    "person": {
        "reference": "MP-2M8QK4TZ",
        "given_names": "Alex",
        "family_name": "Moor",
        "date_of_birth": "2011-05-17",
        "estimated_age": None,
        "sex": "not_known",
        "version": 1,
    },
}
_REPORT = {
    "force_reference": "MP/2026/1042",
    "last_seen_at": "2026-11-23T11:30:00Z",
    "last_seen_place": "Brixton station",
    "last_seen_area": "E09000022",
    "circumstances": "Left the placement after lunch and has not come back.",
    "person": {"given_names": "Alex", "family_name": "Moor", "date_of_birth": "2011-05-17"},
    "reporter": {"name": "Dana Reid", "relation": "key worker"},
    "telephones": [{"number": "07700 900123"}],
}

incident_list = endpoint(
    "listIncidents",
    "Incidents your organisation sees the record of, newest report first",
    answers=answers.IncidentPageAnswer,
    parameters=[ListQuerySerializer, IF_NONE_MATCH],
    fails=(304, 422),
    examples=[example("One page", {"incidents": [_TOLD], "next": None}, status=200)],
)
incident_report = endpoint(
    "reportIncident",
    "Report somebody missing",
    sends=ReportSerializer,
    answers=answers.WholeIncidentAnswer,
    status=201,
    parameters=[IDEMPOTENCY_KEY],
    fails=(404, *_BODY),
    examples=[
        example("A report", _REPORT),
        example(
            "Stored",
            {**_TOLD, "standing": "record", "status": "reported", "last_seen_area": "E09000022"},
            status=201,
        ),
    ],
)
incident_read = endpoint(
    "readIncident",
    "One incident, as far as your organisation may know it",
    answers=answers.WholeIncidentAnswer,
    parameters=[INCIDENT, IF_NONE_MATCH],
    fails=(304, 404),
    examples=[example("The record", {**_TOLD, "standing": "record"}, status=200)],
)
incident_correct = endpoint(
    "correctIncident",
    "Correct facts of an incident or of who is missing",
    sends=CorrectionSerializer,
    answers=answers.WholeIncidentAnswer,
    parameters=[INCIDENT],
    fails=(404, 409, *_BODY),
    examples=[
        example("A correction", {"version": 3, "last_seen_place": "Stockwell station"}),
        example("Stored", {**_TOLD, "standing": "record", "version": 4}, status=200),
    ],
)
incident_located = endpoint(
    "recordLocated",
    "Record that somebody is found; everything that runs for them stops in the same transaction",
    sends=LocatedSerializer,
    answers=answers.WholeIncidentAnswer,
    parameters=[INCIDENT, IDEMPOTENCY_KEY],
    fails=(404, 409, *_BODY),
    examples=[
        example(
            "Found by police",
            {"located_at": "2026-11-23T18:10:00Z", "found_by": "police", "source": "Seen by an officer."},
        ),
        example("Stored", {**_TOLD, "standing": "record", "status": "located"}, status=200),
    ],
)
changes = endpoint(
    "readChanges",
    "Incidents that changed since a cursor, each once, as they stand now",
    answers=answers.ChangesAnswer,
    parameters=[ChangesQuerySerializer, IF_NONE_MATCH],
    fails=(304, 422),
    examples=[
        example(
            "Two changes",
            {
                "changes": [
                    {
                        "reference": "MI-7KQ2M9XD",
                        "changed_at": "2026-11-23T14:30:00+00:00",
                        "standing": "record",
                        "incident": _TOLD,
                    },
                    {
                        "reference": "MI-4TZ2M8QK",
                        "changed_at": "2026-11-23T14:31:00+00:00",
                        "standing": "revoked",
                        "incident": None,
                    },
                ],
                "cursor": "0.48211.90417",
                "has_more": False,
            },
            status=200,
        )
    ],
)
releases = endpoint(
    "readReleases",
    "What was released of an incident, to your organisation or by it",
    answers=answers.ReleasesAnswer,
    parameters=[INCIDENT],
    fails=(404,),
    examples=[
        example(
            "One release",
            {
                "releases": [
                    {
                        "reference": "RE-9XD7KQ2M",
                        "kind": "publicity",
                        "status": "approved",
                        "from": "metropolitan",
                        "to": "missing-people",
                        "purpose": "For an appeal",
                        "lawful_basis": "vital_interests",
                        "created_at": "2026-11-23T15:00:00Z",
                        "acknowledge_by": None,
                        "fields": {"description": "A grey hooded top"},
                    }
                ]
            },
            status=200,
        )
    ],
)
RELEASE = reference("release", "RL")
_HEADING = {
    "reference": "RL-9XD7KQ2M",
    "kind": "interview_extract",
    "from": "missing-people",
    "to": "metropolitan",
    "purpose": "To find who harms children there",
    "released_at": "2026-11-23T15:00:00Z",
    "expires_at": None,
    "acknowledge_by": "2026-11-24T15:00:00Z",
    "acknowledged_at": None,
    "first_read_at": None,
}
released = endpoint(
    "listReleased",
    "What was released to your organisation, of an incident or of none, the newest first",
    answers=answers.ReleasedAnswer,
    parameters=[ReleasesQuerySerializer],
    fails=(422,),
    examples=[example("One release", {"releases": [_HEADING], "has_more": False}, status=200)],
)
release_read = endpoint(
    "readRelease",
    "What one release says",
    answers=answers.ReadReleaseAnswer,
    parameters=[RELEASE],
    fails=(404,),
    examples=[
        example(
            "An extract",
            {**_HEADING, "lawful_basis": "public_task", "said": {"where": "A flat near the station"}},
            status=200,
        )
    ],
)
release_acknowledge = endpoint(
    "acknowledgeRelease",
    "Say that your organisation has read it and acts on it",
    sends=NothingSerializer,
    answers=answers.HeadingAnswer,
    parameters=[RELEASE, IDEMPOTENCY_KEY],
    fails=(404, *_BODY),
    examples=[
        example("Nothing to send", {}),
        example("Acknowledged", {**_HEADING, "acknowledged_at": "2026-11-23T15:20:00Z"}, status=200),
    ],
)
