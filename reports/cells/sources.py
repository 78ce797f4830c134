"""Which records are counted, by which day of theirs, and which tables are watched for it.

A day is one of London. An incident belongs to the force that owns it now: a transfer moves it everywhere.
"""

from __future__ import annotations

from reports.cells.declared import Source, Watch

_INCIDENT = "missingcases_incident i JOIN missingcases_missingperson p ON p.id = i.person_id"
_OF_PERSON = "SELECT id FROM missingcases_incident WHERE person_id = ANY({ids})"
_OF_CASE = "SELECT incident_id FROM families_supportcase WHERE id = ANY({ids})"
_NAMED = "SELECT unnest({ids})"
# A contact `r` that took place: not one that failed or never left, nor the correction of another entry.
IN_CONTACT = (
    "r.corrects_id IS NULL AND r.failed_at IS NULL AND (r.message_id IS NULL OR r.sent_at IS NOT NULL)"
)
# A relative belongs to one case. Those whom several cases know by the same number or address are one person,
# kept under the lowest of their numbers; two of one case are two people, though they share a telephone.
_SHARED = (
    "families_contactpoint own JOIN families_contactpoint other ON other.value_key = own.value_key"
    " AND other.value_key <> '' AND NOT other.is_unsafe AND NOT own.is_unsafe"
    " JOIN families_familymember own_member ON own_member.id = own.member_id"
    " JOIN families_familymember other_member ON other_member.id = other.member_id"
    " AND other_member.case_id <> own_member.case_id"
)
_RELATIVE = (
    f"least(r.member_id, (SELECT min(other.member_id) FROM {_SHARED} WHERE own.member_id = r.member_id))"
)
# Whoever shares one with them now, and whoever is kept as one with them.
_OF_MEMBER = (
    "SELECT id FROM families_contactrecord WHERE member_id = ANY({ids})"
    f" UNION SELECT r.id FROM {_SHARED} JOIN families_contactrecord r ON r.member_id = other.member_id"
    " WHERE own.member_id = ANY({ids})"
    " UNION SELECT record_id FROM reports_fact WHERE source = 6 AND whom = ANY({ids})"
)


def london(moment: str) -> str:
    """The London day of a moment, in SQL."""
    return f"({moment} AT TIME ZONE 'Europe/London')::date"


# Cancelled ones were none: a duplicate, recorded in error, not a missing person (domain.md section 1).
INCIDENT = Source(
    number=1,
    name="incident",
    tables=_INCIDENT,
    record="i.id",
    whom="i.person_id",
    force="i.owner_id",
    area="i.last_seen_area_id",
    day=london("i.reported_at"),
    only="i.status <> 'cancelled'",
    expand={"incident": _NAMED, "person": _OF_PERSON},
)
CLOSURE = Source(
    number=2,
    name="closure",
    tables=_INCIDENT,
    record="i.id",
    whom="i.person_id",
    force="i.owner_id",
    area="i.last_seen_area_id",
    day=london("i.closed_at"),
    only="i.status = 'closed' AND i.closed_at IS NOT NULL",
    expand={"incident": _NAMED, "person": _OF_PERSON, "served": _NAMED, "case": _OF_CASE},
)
TEXTSAFE = Source(
    number=3,
    name="textsafe",
    tables="textsafe_request t JOIN missingcases_incident i ON i.id = t.incident_id",
    record="t.id",
    whom="i.person_id",
    force="t.organisation_id",
    area="i.last_seen_area_id",
    day=london("t.sent_at"),
    only="t.sent_at IS NOT NULL",
    expand={
        "textsafe": _NAMED,
        "incident": "SELECT id FROM textsafe_request WHERE incident_id = ANY({ids})",
    },
)
APPEAL = Source(
    number=4,
    name="appeal",
    tables="appeals_appeal a JOIN missingcases_incident i ON i.id = a.incident_id",
    record="a.id",
    whom="i.person_id",
    force="i.owner_id",
    area="i.last_seen_area_id",
    day=london("a.first_live_at"),
    only="a.first_live_at IS NOT NULL",
    expand={"appeal": _NAMED, "incident": "SELECT id FROM appeals_appeal WHERE incident_id = ANY({ids})"},
)
INTERVIEW = Source(
    number=5,
    name="interview",
    tables="rhi_referral r JOIN missingcases_incident i ON i.id = r.incident_id",
    record="r.id",
    whom="i.person_id",
    force="i.owner_id",
    area="i.last_seen_area_id",
    day=london("r.clock_start"),
    # An interview was never owed for these (`rhi.selectors.figures`).
    only="r.status NOT IN ('withdrawn', 'deceased') AND r.ended_by <> 'finding_taken_back'",
    expand={"interview": _NAMED, "incident": "SELECT id FROM rhi_referral WHERE incident_id = ANY({ids})"},
)
FAMILY = Source(
    number=6,
    name="family",
    tables="families_contactrecord r JOIN families_supportcase k ON k.id = r.case_id"
    " LEFT JOIN missingcases_incident i ON i.id = k.incident_id",
    record="r.id",
    whom=_RELATIVE,
    force="i.owner_id",
    area="i.last_seen_area_id",
    day=london("r.started_at"),
    only=f"r.member_id IS NOT NULL AND {IN_CONTACT}",
    expand={
        "contact": _NAMED,
        "member": _OF_MEMBER,
        "case": "SELECT id FROM families_contactrecord WHERE case_id = ANY({ids})",
        "incident": "SELECT r.id FROM families_contactrecord r"
        " JOIN families_supportcase k ON k.id = r.case_id WHERE k.incident_id = ANY({ids})",
    },
)
SOURCES: tuple[Source, ...] = (INCIDENT, CLOSURE, TEXTSAFE, APPEAL, INTERVIEW, FAMILY)

_TOOK_PLACE = ("corrects_id", "failed_at", "message_id", "sent_at")  # what `IN_CONTACT` reads
WATCHES: tuple[Watch, ...] = (
    Watch(
        "missingcases_incident",
        "incident",
        (
            "person_id",
            "owner_id",
            "status",
            "risk_level",
            "reported_at",
            "last_seen_area_id",
            "age_at_report",
            "looked_after",
            "located_at",
            "found_by",
            "outcome",
            "harm",
            "death_type",
            "distance_km",
            "closed_at",
        ),
    ),
    Watch("missingcases_missingperson", "person", ("sex",)),
    Watch("missingcases_flagsnapshot", "incident", ("kind", "status"), key="incident_id"),
    Watch("missingcases_recordsection", "incident", ("data ->> 'self_defined'",), key="incident_id"),
    Watch(
        "textsafe_request", "textsafe", ("organisation_id", "sent_at", "age_group", "origin", "incident_id")
    ),
    Watch("textsafe_request", "served", ("sent_at",), key="incident_id"),
    Watch("appeals_appeal", "appeal", ("first_live_at", "kind", "incident_id")),
    Watch("appeals_appeal", "served", ("first_live_at",), key="incident_id"),
    Watch("alerts_childrescuealert", "served", ("issued_at",), key="incident_id"),
    Watch(
        "rhi_referral",
        "interview",
        ("incident_id", "clock_start", "status", "ended_by", "offered_at", "completed_at", "due_at"),
    ),
    Watch("families_supportcase", "case", ("incident_id",)),
    # The incident that a case no longer belongs to loses it, too.
    Watch("families_supportcase", "served", (), key="incident_id"),
    Watch("families_contactpoint", "member", ("value_key", "is_unsafe"), key="member_id"),
    Watch("families_contactrecord", "contact", ("member_id", "started_at", "case_id", *_TOOK_PLACE)),
    Watch("families_contactrecord", "case", ("started_at", *_TOOK_PLACE), key="case_id"),
    Watch("partners_referral", "served", ("answered_at", "status", "takes"), key="incident_id"),
)
