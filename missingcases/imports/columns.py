"""The published template: every column, what it takes and an example. One table for all who need it."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.enums import OrganisationKind
from missingcases.enums import (
    DeathType,
    DiscloseLocation,
    FoundBy,
    Harm,
    IncidentStatus,
    Known,
    Outcome,
    PlaceFound,
    RiskLevel,
    Sex,
)
from missingcases.imports import values
from missingcases.imports.known import KnownCodes

# An incident under way at the police is graded there; a cancelled one was never one.
STATUSES = (
    IncidentStatus.REPORTED,
    IncidentStatus.ABSENT,
    IncidentStatus.MISSING,
    IncidentStatus.LONG_TERM,
    IncidentStatus.CLOSED,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the file, its parser, words and an example for the template."""

    name: str
    parse: values.Parser
    help: str
    example: str
    required: bool = False


def columns(known: KnownCodes) -> dict[str, Column]:
    """All columns by name, in the template's order; `known` answers for codes of this organisation."""
    statuses = [(status.value, status.label) for status in STATUSES]
    authority = values.code_of(
        lambda: known.organisations(OrganisationKind.LOCAL_AUTHORITY), "a local authority"
    )
    rows = (
        Column(
            "force_reference",
            values.text(60),
            "Your own reference. A row whose reference is already here changes nothing.",
            "MP/2014/000123",
            required=True,
        ),
        Column("status", values.choice(statuses), "Where the incident stands.", "closed", required=True),
        Column("reported_at", values.moment, "When it was reported.", "31/03/2014 22:15", required=True),
        Column("given_names", values.text(120), "Given names.", "Alex"),
        Column("family_name", values.text(120), "Family name.", "Example"),
        Column(
            "aliases", values.several(values.text(240)), "Other names, separated by semicolons.", "Lex; Sandy"
        ),
        Column("date_of_birth", values.day, "Date of birth.", "05/11/1999"),
        Column("estimated_age", values.whole(0, 125), "Age when reported, if only that is known.", ""),
        Column("sex", values.choice(Sex.choices), "Sex as recorded.", "female"),
        Column("telephone", values.telephone, "The person's own number.", "07700 900123"),
        Column("address", values.text(300), "Home address.", "1 Example Street, Lambeth"),
        Column("risk_level", values.choice(RiskLevel.choices), "Latest risk level.", "medium"),
        Column("last_seen_at", values.moment, "When last seen.", "31/03/2014 18:00"),
        Column("last_seen_place", values.text(250), "Where last seen.", "Brixton station"),
        Column(
            "last_seen_area",
            values.code_of(known.areas, "an area"),
            "GSS code of the borough or district where last seen.",
            "E09000022",
        ),
        Column("looked_after", values.choice(Known.choices), "Looked after by an authority.", "no"),
        Column("placing_authority", authority, "Code of the placing authority.", "lambeth"),
        Column("host_authority", authority, "Code of the host authority.", ""),
        Column(
            "owner_unit",
            values.code_of(known.teams, "one of your units"),
            "Code of the unit that owns it.",
            "",
        ),
        Column("located_at", values.moment, "When located.", "01/04/2014 09:30"),
        Column("found_by", values.choice(FoundBy.choices), "Who found them.", "police"),
        Column("returned_at", values.moment, "When back at home or placement.", "01/04/2014 11:00"),
        Column("outcome", values.choice(_ended()), "How it ended.", "located_alive"),
        Column(
            "harm", values.several(values.choice(Harm.choices)), "Harm, separated by semicolons.", "not_known"
        ),
        Column("death_type", values.choice(DeathType.choices), "Manner of death, if deceased.", ""),
        Column("place_found", values.choice(PlaceFound.choices), "Kind of place found in.", "friend"),
        Column("distance_km", values.kilometres, "Distance from where last seen.", "5"),
        Column(
            "disclose_location",
            values.choice(DiscloseLocation.choices),
            "Whether where they are may be passed on.",
            "no",
        ),
        Column("closed_at", values.moment, "When closed.", "02/04/2014 16:00"),
        Column("cad_reference", values.text(60), "Command and dispatch reference.", ""),
        Column("pnc_reference", values.text(60), "Police National Computer reference.", ""),
        Column("ukmpu_reference", values.text(60), "UK Missing Persons Unit reference.", ""),
        Column("reporter_name", values.text(240), "Who reported it.", "Sam Example"),
        Column("reporter_relation", values.text(80), "Their relation to the person.", "parent"),
        Column("reporter_telephone", values.telephone, "Their number.", "07700 900456"),
        Column(
            "person_reference",
            values.code_of(known.people, "a person"),
            "Our reference of a person of yours who is already here.",
            "",
        ),
    )
    return {row.name: row for row in rows}


def _ended() -> list[tuple[str, str]]:
    return [(code, label) for code, label in Outcome.choices if code != Outcome.CANCELLED]
