"""What requests keep about people: how they follow a merge, answer a person, and end."""

from __future__ import annotations

from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access

_MODEL, _ITEM = "subject_access.AccessRequest", "subject_access.AccessItem"
MERGE = (Merge(_MODEL, "person", "Names the record that was asked about."),)
# What was gathered is a copy of records that answer for themselves: it is not told a second time.
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _MODEL,
            "person",
            "Request for what is held",
            "created_at",
            ("received_on", "due_on", "given_at"),
            "organisation",
        ),
        Holding(
            _ITEM, "request", "Gathered for a request", "at", (), "request__organisation", where=(("pk", 0),)
        ),
    )
)
RETENTION = (
    Retention(
        _MODEL, "person", "The request is kept six years, as proof of the answer; then a person reviews it."
    ),
    Retention(_ITEM, "request", "What was gathered is wiped 30 days after it was given."),
)
