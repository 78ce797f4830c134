"""The rows of one incident: the incident, who sees it, its gradings, how it was found and how it ended."""

from __future__ import annotations

import random
from datetime import timedelta

from foundation.sheets import Sheet
from missingcases.enums import OPEN, RISK_RANK, AudienceKind
from missingcases.made.frame import Case, Pages, hours, often, reference
from missingcases.models import (
    AudienceRow,
    FlagSnapshot,
    Incident,
    LocatedEntry,
    PreventionInterview,
    Reporter,
    RiskAssessment,
    Transfer,
)
from missingcases.policies import organisation_principal, user_principal

ROOM = 8
SCHEME = "app_current"
_WHERE = ("High Street", "the bus station", "home", "the park", "the leisure centre", "school", "a friend's",
          "the placement", "the town centre", "hospital", "the retail park", "the station")  # fmt: skip
_RELATIONS = ("Parent", "Carer", "Partner", "Friend", "Sibling", "Social worker", "Hospital staff")
_REASONS = (
    "Argued at home and wanted time away.", "Wanted to see friends after the agreed time.",
    "Did not want to go back to the placement.", "Felt low and needed to be alone.",
    "Lost track of time and the phone was flat.", "Would not say.",
)  # fmt: skip


def sheets() -> list[Sheet]:
    """Empty pages."""
    return [
        Sheet(
            Incident, "id", "reference", "person_id", "owner_id", "owner_officer_id", "force_reference",
            "cad_reference", "scheme", "status", "risk_level", "reported_at", "last_seen_at",
            "last_seen_place", "last_seen_area_id", "review_agreed_at", "age_at_report", "looked_after",
            "placing_authority_id", "host_authority_id", "located_at", "found_by", "returned_at",
            "identification_confirmed_at", "disclose_location", "outcome", "harm", "death_type",
            "place_found", "area_found_id", "distance_km", "closed_at", "cancel_reason", "duplicate_of_id",
            "is_restricted", "version", "created_by_id", "created_at", "updated_at",
        ),
        Sheet(Reporter, "id", "incident_id", "name", "relation", "agency", "telephone"),
        Sheet(
            AudienceRow, "id", "incident_id", "kind", "principal", "organisation_id", "user_id", "desk",
            "status",
            "is_open", "risk_rank", "reported_at", "updated_at", "change", "change_xid", "granted_at",
            "revoked_at",
        ),
        Sheet(
            RiskAssessment, "id", "incident_id", "scheme", "category", "level", "previous_level",
            "information", "given_by", "given_at", "rationale", "assessed_by_id", "assessed_at",
        ),
        Sheet(
            LocatedEntry, "id", "incident_id", "located_at", "found_by", "source", "recorded_by_id",
            "recorded_at", "retracted_at",
        ),
        Sheet(
            PreventionInterview, "id", "incident_id", "held_at", "officer_id", "mode", "seen_in_person",
            "reason_missing", "harm", "offences_disclosed", "disclose_location", "recorded_at",
        ),
        Sheet(FlagSnapshot, "id", "incident_id", "kind", "status", "sensitivity", "taken_at"),
        Sheet(
            Transfer, "id", "reference", "incident_id", "from_organisation_id", "to_organisation_id",
            "status", "reason", "offered_by_id", "offered_at", "answer_by", "decided_by_id", "decided_at",
        ),
    ]  # fmt: skip


def write(case: Case, chance: random.Random, pages: Pages) -> None:
    """Everything that hangs on one incident but what `work_rows` has."""
    _incident(case, chance, pages)
    _audience(case, pages)
    _gradings(case, chance, pages)
    _found(case, chance, pages)
    _reporter(case, chance, pages)
    for place, (kind, status) in enumerate(case.who.flags):
        pages["missingcases.FlagSnapshot"].add(
            case.key * 16 + place, case.key, kind, status, "standard", case.reported_at
        )
    if case.came_from is not None:
        offered = case.reported_at + timedelta(minutes=5)
        pages["missingcases.Transfer"].add(
            case.key, reference("TR", case.key), case.key, case.came_from.pk, case.force.pk, "accepted",
            "Lives and was last seen in your area.", case.came_from.officer_id, offered,
            offered + timedelta(hours=4), case.force.supervisor_id, offered + timedelta(minutes=20),
        )  # fmt: skip


def _incident(case: Case, chance: random.Random, pages: Pages) -> None:
    force, at = case.force, case.reported_at
    cared = "yes" if case.authority_id else "no" if case.is_child else "not_known"
    if case.is_child and case.who.is_cared_for and not force.districts:
        cared = "yes"
    place = f"{chance.choice(_WHERE)}, {force.code.replace('-', ' ').title()}" if often(chance, 0.95) else ""
    pages["missingcases.Incident"].add(
        case.key, reference("MI", case.key), case.who.pk, force.pk, force.officer_id,
        f"{force.code[:3].upper()}/{case.key}", f"CAD {case.key % 9973}/{at:%d%b%y}", SCHEME, case.status,
        case.risk, at, case.last_seen_at if often(chance, 0.97) else None, place, case.area_id,
        case.review_agreed_at, case.age, cared, case.authority_id, case.host_id, case.located_at,
        case.found_by, case.returned_at, case.identified_at, case.disclose, case.outcome, case.harm,
        case.death_type, case.place_found, case.area_id if case.closed_at and case.place_found else None,
        case.distance_km, case.closed_at, case.cancel_reason, case.duplicate_of, case.is_restricted,
        case.moves, force.officer_id, at, case.updated_at(),
    )  # fmt: skip


def grants(case: Case) -> list[tuple[str, str, int, int | None]]:
    """What `services.audience` would write: kind, key, organisation, person."""
    force = case.force
    if case.is_restricted:
        who = user_principal(force.officer_id, force.pk)
        return [(AudienceKind.NAMED.value, who, force.pk, force.officer_id)]
    found: list[tuple[str, str, int, int | None]] = [
        (AudienceKind.OWNER.value, organisation_principal(force.pk), force.pk, None)
    ]
    for kind, authority in (
        (AudienceKind.PLACING_AUTHORITY, case.authority_id),
        (AudienceKind.HOST_AUTHORITY, case.host_id),
    ):
        if authority is not None:
            found.append((kind.value, organisation_principal(authority), authority, None))
    return found


def _audience(case: Case, pages: Pages) -> None:
    page, updated, at = pages["missingcases.AudienceRow"], case.updated_at(), case.reported_at
    is_open, rank = case.status in OPEN, RISK_RANK[case.risk]
    key = case.key * ROOM
    for place, (kind, principal, organisation, user) in enumerate(grants(case)):
        # Numbers of changes follow the incidents; all were made by what came before everything (0).
        page.add(
            key + place, case.key, kind, principal, organisation, user, "", case.status, is_open, rank, at,
            updated, key + place, 0, at, None,
        )  # fmt: skip
    if case.came_from is not None:
        gone = at + timedelta(minutes=25)
        page.add(
            key + 7, case.key, "owner", organisation_principal(case.came_from.pk), case.came_from.pk, None,
            "", "reported", True, RISK_RANK[""], at, gone, key + 7, 0, at, gone,
        )  # fmt: skip


def _gradings(case: Case, chance: random.Random, pages: Pages) -> None:
    before = ""
    for place, (at, category, level) in enumerate(case.gradings):
        pages["missingcases.RiskAssessment"].add(
            case.key * ROOM + place, case.key, SCHEME, category, level, before,
            "New information since." if before else "As told at the report.", chance.choice(_RELATIONS), at,
            "Looked at again with what is known now." if before else "Age, time of day and what was told.",
            case.force.supervisor_id if category == "absent" or before else case.force.officer_id, at,
        )  # fmt: skip
        before = level


def _found(case: Case, chance: random.Random, pages: Pages) -> None:
    if case.located_at is None:
        return
    officer = case.force.officer_id
    entries = pages["missingcases.LocatedEntry"]
    entries.add(
        2 * case.key, case.key, case.located_at, case.found_by, "Seen and spoken to by an officer.", officer,
        case.located_at, None,
    )  # fmt: skip
    graded = case.graded_at
    if graded is not None and case.located_at - graded > timedelta(hours=6) and often(chance, 0.01):
        wrong = graded + hours(chance, 0.5, 2)
        entries.add(
                2 * case.key + 1, case.key, wrong, "family_friend", "Told by telephone.", officer, wrong,
                wrong + timedelta(hours=1),
            )  # fmt: skip
    if case.interviewed_at is not None:
        mode = "in_person" if often(chance, 0.85) else chance.choice(("telephone", "video"))
        offences = "yes" if case.harm[0] not in ("none", "not_known") and often(chance, 0.4) else "no"
        pages["missingcases.PreventionInterview"].add(
            case.key, case.key, case.interviewed_at, officer, mode, mode == "in_person",
            chance.choice(_REASONS), case.harm, offences, case.disclose, case.interviewed_at,
        )  # fmt: skip


def _reporter(case: Case, chance: random.Random, pages: Pages) -> None:
    if not often(chance, 0.9):
        return
    relation, agency = chance.choice(_RELATIONS[:5]), ""
    if case.who.is_cared_for or often(chance, 0.15):
        relation, agency = chance.choice((("Carer", "Children's home"), ("Hospital staff", "NHS trust")))
    pages["missingcases.Reporter"].add(case.key, case.key, "", relation, agency, "")
