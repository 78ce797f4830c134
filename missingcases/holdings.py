"""What this app tells somebody who asks what is held about them, model by model."""

from __future__ import annotations

from foundation.keeping import Holding
from missingcases.enums import Audience

_INCIDENT = (
    "reference", "status", "risk_level", "reported_at", "last_seen_at", "last_seen_place", "last_seen_area",
    "located_at", "returned_at", "found_by", "disclose_location", "outcome", "harm", "closed_at",
)  # fmt: skip
_PERSON = "person__organisation"
_OWNER = "incident__owner"
_CHARITY = (("audience", Audience.CHARITY),)
_NOT_CHARITY = (("audience__in", tuple(one for one in Audience if one != Audience.CHARITY)),)
_FILE = ("files", "stored_name")
_WEIGH = "Third parties, serious harm and a prejudiced investigation are weighed before this is given."
HOLDINGS = (
    Holding(
        "missingcases.MissingPerson",
        "pk",
        "Person",
        "created_at",
        ("given_names", "family_name", "date_of_birth", "estimated_age", "sex"),
        "organisation",
    ),
    Holding("missingcases.Alias", "person", "Other name", "person__created_at", ("name", "kind"), _PERSON),
    Holding(
        "missingcases.Phone",
        "person",
        "Telephone",
        "created_at",
        ("number", "kind", "state", "held_by", "note"),
        _PERSON,
    ),
    Holding(
        "missingcases.Address",
        "person",
        "Address",
        "person__created_at",
        ("text", "kind", "lived_from", "lived_until"),
        _PERSON,
    ),
    Holding(
        "missingcases.Flag", "person", "Flag", "recorded_at", ("kind", "status", "source"), _PERSON, _WEIGH
    ),
    Holding(
        "missingcases.FlagChange",
        "flag",
        "Change of a flag",
        "recorded_at",
        ("status", "source", "reason"),
        "flag__person__organisation",
        _WEIGH,
    ),
    Holding(
        "missingcases.Photo",
        "person",
        "Photo",
        "created_at",
        ("taken_on", "alt_text", "consent"),
        _PERSON,
        file=_FILE,
        file_name="content_type",
    ),
    Holding("missingcases.Incident", "person", "Incident", "reported_at", _INCIDENT, "owner"),
    Holding(
        "missingcases.Reporter",
        "incident",
        "Who reported it",
        "incident__reported_at",
        ("relation", "agency"),
        _OWNER,
        "The name and telephone of whoever reported it are theirs.",
    ),
    Holding("missingcases.LocatedEntry", "incident", "Found", "located_at", ("found_by", "source"), _OWNER),
    Holding(
        "missingcases.Action", "incident", "Action", "created_at", ("title", "status", "result"), "owner"
    ),
    Holding(
        "missingcases.AudienceRow", "incident", "Who may see it", "granted_at", ("kind", "revoked_at"), _OWNER
    ),
    Holding("missingcases.FlagSnapshot", "incident", "Flag", "taken_at", ("kind", "status"), _OWNER, _WEIGH),
    Holding(
        "missingcases.PreventionInterview",
        "incident",
        "Prevention interview",
        "held_at",
        ("mode", "reason_missing", "where_and_with_whom", "harm", "offences", "safeguarding", "referrals"),
        _OWNER,
        _WEIGH,
    ),
    Holding("missingcases.Note", "incident", "Note", "created_at", ("text",), "organisation", _WEIGH),
    Holding(
        "missingcases.Attachment",
        "incident",
        "File",
        "created_at",
        ("original_name",),
        "organisation",
        _WEIGH,
        file=_FILE,
        file_name="original_name",
    ),
    Holding(
        "missingcases.Photo",
        "incident",
        "Photo",
        "created_at",
        ("taken_on", "alt_text"),
        _OWNER,
        file=_FILE,
        file_name="content_type",
    ),
    Holding(
        "missingcases.RecordSection", "incident", "Record", "updated_at", ("section", "data"), _OWNER, _WEIGH
    ),
    Holding(
        "missingcases.Release",
        "incident",
        "Released to another body",
        "created_at",
        ("kind", "status", "field_names", "purpose", "lawful_basis", "wishes"),
        "from_organisation",
        _WEIGH,
    ),
    Holding(
        "missingcases.RiskAssessment",
        "incident",
        "Risk assessment",
        "assessed_at",
        ("category", "level", "information", "rationale"),
        _OWNER,
        _WEIGH,
    ),
    Holding(
        "missingcases.ReviewClock",
        "incident",
        "Review",
        "created_at",
        ("kind", "done_at", "findings", "next_steps"),
        _OWNER,
    ),
    # What the charity wrote for itself is the charity's to tell, and no force's.
    Holding(
        "missingcases.TimelineEntry", "incident", "Timeline", "at", ("summary",), _OWNER, where=_NOT_CHARITY
    ),
    Holding(
        "missingcases.TimelineEntry",
        "incident",
        "Timeline",
        "at",
        ("summary",),
        "organisation",
        where=_CHARITY,
    ),
    Holding("missingcases.Transfer", "incident", "Transfer", "offered_at", ("status", "reason"), _OWNER),
)
