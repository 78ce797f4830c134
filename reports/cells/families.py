"""What is counted: one line for each family of cells. How to add one: the head of `reports.cells`."""

from __future__ import annotations

from reports.cells import dimensions as by
from reports.cells.declared import Dimension, Family, Unit
from textsafe.enums import Origin

_DECEASED = "i.outcome = 'located_deceased'"
_TRAFFICKED_IN_CARE = (
    "i.age_at_report < 18 AND i.looked_after = 'yes'"
    " AND EXISTS (SELECT FROM missingcases_flagsnapshot f WHERE f.incident_id = i.id"
    " AND f.kind = 'trafficking' AND f.status <> 'ruled_out')"
)
_STAGES = Dimension(
    "stage",
    "How far it came",
    "array_remove(ARRAY['owed', CASE WHEN r.offered_at IS NOT NULL THEN 'offered' END,"
    " CASE WHEN r.offered_at IS NOT NULL AND (r.status = 'accepted' OR r.completed_at IS NOT NULL)"
    " THEN 'accepted' END, CASE WHEN r.completed_at IS NOT NULL THEN 'held' END,"
    " CASE WHEN r.completed_at <= r.due_at THEN 'in_time' END], NULL)",
    {
        "owed": "Owed",
        "offered": "Offered",
        "accepted": "Accepted",
        "held": "Held",
        "in_time": "Held within 72 hours",
    },
    is_many=True,
)
_TEXT_AGE = Dimension(
    "age_group",
    "Wording",
    "coalesce(nullif(t.age_group, ''), 'not_known')",
    {"child": "Children (under 18)", "adult": "Adults", "not_known": "Not known"},
)
_ORIGIN = Dimension("origin", "Asked for by", "t.origin", {str(one.value): str(one.label) for one in Origin})
_APPEAL_KIND = Dimension("kind", "Kind", "a.kind")

FAMILIES: tuple[Family, ...] = (
    Family("incidents", "incident", (by.AGE_GROUP,)),
    Family("individuals", "incident", unit=Unit.PEOPLE),
    Family("individuals_by_age", "incident", (by.AGE_GROUP,), Unit.PEOPLE),
    Family("sex_age", "incident", (by.SEX, by.AGE_BAND)),
    Family("individuals_by_sex_age", "incident", (by.SEX, by.AGE_BAND), Unit.PEOPLE),
    Family("individuals_by_sex", "incident", (by.SEX,), Unit.PEOPLE),
    Family("individuals_by_age_band", "incident", (by.AGE_BAND,), Unit.PEOPLE),
    Family("vulnerability_sex_age", "incident", (by.VULNERABILITY, by.SEX, by.AGE_GROUP)),
    Family("risk", "incident", (by.RISK, by.AGE_GROUP)),
    Family("risk_sex_age", "incident", (by.RISK, by.SEX, by.AGE_BAND)),
    Family("looked_after", "incident", (by.LOOKED_AFTER, by.AGE_GROUP)),
    Family("duration", "incident", (by.DURATION, by.AGE_GROUP)),
    Family("found_by", "incident", (by.FOUND_BY, by.AGE_GROUP)),
    Family("outcome", "incident", (by.OUTCOME, by.AGE_GROUP)),
    Family("harm", "incident", (by.HARM, by.AGE_GROUP)),
    Family("fatal", "incident", (by.DEATH, by.AGE_GROUP), only=_DECEASED),
    Family("distance", "incident", (by.DISTANCE, by.AGE_GROUP)),
    Family("ethnicity", "incident", (by.ETHNICITY, by.AGE_GROUP)),
    Family("flags", "incident", (by.VULNERABILITY, by.AGE_GROUP)),
    Family("individuals_by_flag", "incident", (by.VULNERABILITY,), Unit.PEOPLE),
    Family("individuals_by_flag_age", "incident", (by.VULNERABILITY, by.AGE_GROUP), Unit.PEOPLE),
    Family("areas", "incident", (by.AREA,)),
    Family("incidents_by_force", "incident", (by.FORCE,)),
    Family("individuals_by_force", "incident", (by.FORCE,), Unit.PEOPLE),
    Family("trafficked_children_in_care", "incident", unit=Unit.PEOPLE, only=_TRAFFICKED_IN_CARE),
    Family("incidents_of_trafficked_children_in_care", "incident", only=_TRAFFICKED_IN_CARE),
    Family("closures_by_services_together", "closure", (by.SERVICES_TOGETHER,)),
    Family("textsafe_sent", "textsafe", (_TEXT_AGE, _ORIGIN)),
    Family("new_appeals", "appeal", (_APPEAL_KIND,)),
    Family("interviews", "interview", (_STAGES,)),
    Family("family_members", "family", unit=Unit.PEOPLE),
)
BY_NAME: dict[str, Family] = {one.name: one for one in FAMILIES}
