"""Properties by which figures are told. `i` is the incident, `p` the person (`reports.cells.sources`).

Unknown is a value of its own, shown and never spread over the others (domain.md section 9).
"""

from __future__ import annotations

from missingcases.enums import DeathType, FlagKind, FoundBy, Harm, Known, Outcome, RiskLevel, Sex
from missingcases.record.sections import SELF_DEFINED
from reports.cells.declared import Dimension
from reports.cells.sources import IN_CONTACT

NOT_KNOWN = {"not_known": "Not known"}


def _labels(choices: type[Sex] | type[Harm] | type[FoundBy] | type[Known] | type[FlagKind]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


SEX = Dimension("sex", "Sex", "p.sex", _labels(Sex))
AGE_GROUP = Dimension(
    "age_group",
    "Age at report",
    "CASE WHEN i.age_at_report < 18 THEN 'child' WHEN i.age_at_report >= 18 THEN 'adult'"
    " ELSE 'not_known' END",
    {"child": "Children (under 18)", "adult": "Adults"} | NOT_KNOWN,
)
# The bands of the national unit's tables.
AGE_BAND = Dimension(
    "age_band",
    "Age at report",
    "CASE WHEN i.age_at_report IS NULL THEN 'not_known' WHEN i.age_at_report < 12 THEN '0-11'"
    " WHEN i.age_at_report < 15 THEN '12-14' WHEN i.age_at_report < 18 THEN '15-17'"
    " WHEN i.age_at_report < 22 THEN '18-21' WHEN i.age_at_report < 40 THEN '22-39'"
    " WHEN i.age_at_report < 60 THEN '40-59' ELSE '60+' END",
    {
        "0-11": "0 to 11",
        "12-14": "12 to 14",
        "15-17": "15 to 17",
        "18-21": "18 to 21",
        "22-39": "22 to 39",
        "40-59": "40 to 59",
        "60+": "60 and over",
    }
    | NOT_KNOWN,
)
RISK = Dimension(
    "risk",
    "Risk",
    "coalesce(nullif(i.risk_level, ''), 'not_graded')",
    {
        RiskLevel.HIGH.value: "High",
        RiskLevel.MEDIUM.value: "Medium",
        RiskLevel.LOW.value: "Low",
        RiskLevel.NO_APPARENT.value: "No apparent risk or absent",
        "not_graded": "Not graded",
    },
)
LOOKED_AFTER = Dimension("looked_after", "Looked after", "i.looked_after", _labels(Known))
_LASTED = "extract(epoch FROM i.located_at - i.reported_at) / 3600"
DURATION = Dimension(
    "duration",
    "From report to found",
    f"CASE WHEN i.located_at IS NULL THEN 'still' WHEN {_LASTED} < 8 THEN '<8h'"
    f" WHEN {_LASTED} < 16 THEN '8-16h'"
    f" WHEN {_LASTED} < 24 THEN '16-24h' WHEN {_LASTED} < 48 THEN '24-48h' WHEN {_LASTED} < 168 THEN '2-7d'"
    f" WHEN {_LASTED} < 672 THEN '7-28d' ELSE '>28d' END",
    {
        "<8h": "Under 8 hours",
        "8-16h": "8 to 16 hours",
        "16-24h": "16 to 24 hours",
        "24-48h": "24 to 48 hours",
        "2-7d": "2 to 7 days",
        "7-28d": "7 to 28 days",
        ">28d": "Over 28 days",
        "still": "Not found yet",
    },
)
FOUND_BY = Dimension(
    "found_by",
    "Found by",
    "CASE WHEN i.located_at IS NULL THEN 'still' ELSE coalesce(nullif(i.found_by, ''), 'unknown') END",
    _labels(FoundBy) | {"still": "Not found yet"},
)
OUTCOME = Dimension(
    "outcome",
    "Outcome",
    "coalesce(nullif(i.outcome, ''), 'none')",
    {value: label for value, label in Outcome.choices if value != Outcome.CANCELLED}
    | {"none": "Not recorded yet"},
)
HARM = Dimension(
    "harm",
    "Harm",
    "CASE WHEN cardinality(i.harm) = 0 THEN ARRAY['not_recorded'] ELSE i.harm END::text[]",
    _labels(Harm) | {"not_recorded": "Not recorded"},
    is_many=True,
)
DEATH = Dimension(
    "death",
    "Manner of death",
    "coalesce(nullif(i.death_type, ''), 'not_recorded')",
    dict(DeathType.choices) | {"not_recorded": "Not recorded"},
)
DISTANCE = Dimension(
    "distance",
    "Distance found from where last seen",
    "CASE WHEN i.distance_km IS NULL THEN 'not_known' WHEN i.distance_km < 1 THEN '<1' WHEN i.distance_km < 5"
    " THEN '1-5' WHEN i.distance_km < 20 THEN '5-20' WHEN i.distance_km < 80 THEN '20-80' ELSE '80+' END",
    {
        "<1": "Under 1 km",
        "1-5": "1 to 5 km",
        "5-20": "5 to 20 km",
        "20-80": "20 to 80 km",
        "80+": "80 km and over",
    }
    | NOT_KNOWN,
)
ETHNICITY = Dimension(
    "ethnicity",
    "Ethnicity, self-defined",
    "coalesce((SELECT nullif(s.data->>'self_defined', '') FROM missingcases_recordsection s"
    " WHERE s.incident_id = i.id AND s.section = 'identity'), 'not_recorded')",
    dict(SELF_DEFINED) | {"not_recorded": "Not recorded"},
)
VULNERABILITY = Dimension(
    "vulnerability",
    "Flag, suspected or confirmed",
    "ARRAY(SELECT f.kind FROM missingcases_flagsnapshot f WHERE f.incident_id = i.id"
    " AND f.status <> 'ruled_out' ORDER BY f.kind)::text[]",
    _labels(FlagKind),
    is_many=True,
)
# Open values, as of areas: every force side by side, where a cell's scope is one of them.
FORCE = Dimension("force", "Force", "i.owner_id::text")
AREA = Dimension("area", "Area last seen", "coalesce(i.last_seen_area_id::text, 'not_known')", NOT_KNOWN)
SERVICE = Dimension(
    "service",
    "Service delivered before they were found",
    "array_remove(ARRAY["
    "CASE WHEN EXISTS (SELECT FROM textsafe_request t WHERE t.incident_id = i.id"
    " AND t.sent_at < i.located_at) THEN 'textsafe' END,"
    "CASE WHEN EXISTS (SELECT FROM appeals_appeal a WHERE a.incident_id = i.id"
    " AND a.first_live_at < i.located_at) THEN 'appeal' END,"
    "CASE WHEN EXISTS (SELECT FROM alerts_childrescuealert c WHERE c.incident_id = i.id"
    " AND c.issued_at < i.located_at) THEN 'alert' END,"
    "CASE WHEN EXISTS (SELECT FROM families_supportcase k JOIN families_contactrecord r ON r.case_id = k.id"
    f" WHERE k.incident_id = i.id AND r.started_at < i.located_at AND {IN_CONTACT}) THEN 'family' END,"
    "CASE WHEN EXISTS (SELECT FROM partners_referral f WHERE f.incident_id = i.id"
    " AND f.takes IN ('tracing', 'lost_contact') AND f.status <> 'rejected'"
    " AND f.answered_at < i.located_at) THEN 'partner' END], NULL)",
    {
        "textsafe": "TextSafe accepted by the carrier",
        "appeal": "An appeal was live",
        "alert": "A Child Rescue Alert was issued",
        "family": "The family was in contact with the charity",
        "partner": "A tracing or lost-contact partner had accepted a referral",
    },
    is_many=True,
)
# The set of them as one value, so that an incident with several counts once ("textsafe+appeal"; "" for none).
SERVICES_TOGETHER = Dimension("services", "Services delivered", f"array_to_string({SERVICE.sql}, '+')")
