"""What is measured of made incidents, each beside the figure of domain.md section 9. Data."""

from __future__ import annotations

from missingcases.made.checking import Measure
from missingcases.made.forces import a_day, the_forces
from missingcases.made.stated import (
    A_YEAR,
    BIRTH_THOUGHT,
    BIRTH_UNKNOWN,
    BY_HOUR,
    CARED_FOR,
    CHILDREN,
    EVENING,
    FINDERS,
    HOURS,
    MEDIAN_KM,
    RISKS,
    SOON,
)
from missingcases.models import Incident

_LAST = "(SELECT max(reported_at) FROM missingcases_incident)"
# Counted in a year of data; of fewer days nothing is said of what is stated by the year.
_FIRST = "(SELECT min(reported_at) FROM missingcases_incident)"
_YEAR = f"reported_at > {_LAST} - interval '365 days' AND {_LAST} - {_FIRST} > interval '364 days'"
_CHILD = {True: "age_at_report < 18", False: "age_at_report >= 18"}
_HARM = "status = 'closed' AND harm <> '{not_known}'"


def _share(of: str, among: str) -> str:
    return f"SELECT avg(({of})::int), count(*), NULL FROM missingcases_incident WHERE {among}"  # noqa: S608


def _a_year(name: str, whose: str, stated: float, off: float) -> Measure:
    return Measure(
        f"incidents a year of each {name}", stated, off,
        f"""SELECT avg(n), count(*), stddev(n) FROM (SELECT count(*) AS n FROM missingcases_incident
        WHERE {whose} AND {_YEAR} GROUP BY person_id) one""",  # noqa: S608
        "[64]",
    )  # fmt: skip


def _hours(child: bool) -> list[Measure]:
    """Shares by length. Of those only that were reported long enough ago for it to be known."""
    found, whose, since = [], "child" if child else "adult", 0.0
    for until, share in HOURS[child]:
        known = f"reported_at < {_LAST} - interval '{min(until, 9000):g} hours' AND status <> 'cancelled'"
        long = f"extract(epoch FROM coalesce(located_at, 'infinity') - reported_at) / 3600 >= {since or -1}"
        short = f"located_at IS NOT NULL AND extract(epoch FROM located_at - reported_at) / 3600 < {until}"
        name = f"{whose}: missing {since:g} to {until:g} hours"
        asked = _share(f"{long} AND {short}", f"{_CHILD[child]} AND {known}")
        found.append(Measure(name, share / 100, min(0.01, 0.001 + share / 600), asked))
        since = until
    return found


def _graded(level: str, share: float) -> Measure:
    asked = _share(f"risk_level = '{level}'", "risk_level <> ''")
    return Measure(f"risk {level}, of graded", share / 100, 0.015, asked)


_REPEATS = f"""SELECT avg((n > 1)::int), count(*), NULL FROM (SELECT row_number() OVER
    (PARTITION BY person_id ORDER BY reported_at) AS n FROM missingcases_incident
    WHERE {_CHILD[True]} AND {_YEAR}) one"""  # noqa: S608
_TOP = f"""WITH one AS (SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC) AS place,
    count(*) OVER () AS people FROM missingcases_incident WHERE {_CHILD[True]} AND {_YEAR} GROUP BY person_id)
    SELECT sum(n) FILTER (WHERE place <= 0.06 * people) / sum(n), max(people), NULL FROM one"""  # noqa: S608
_SOON = f"""SELECT avg((second - first < interval '{SOON} days')::int), count(*), NULL FROM (
    SELECT reported_at AS second, lag(reported_at) OVER every AS first, row_number() OVER every AS n
    FROM missingcases_incident WINDOW every AS (PARTITION BY person_id ORDER BY reported_at)) one
    WHERE n = 2 AND first < {_LAST} - interval '180 days'"""  # noqa: S608
_MEDIAN = """SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY distance_km), count(*), 6.8
    FROM missingcases_incident WHERE distance_km IS NOT NULL"""
_BIRTHS = """SELECT avg((date_of_birth IS NULL)::int), count(*), NULL FROM missingcases_missingperson"""
_LONDON_HOUR = "extract(hour FROM reported_at AT TIME ZONE 'Europe/London')"

MEASURES: tuple[Measure, ...] = (
    Measure("children, of incidents", CHILDREN, 0.02, _share(_CHILD[True], "age_at_report IS NOT NULL")),
    Measure(
        "in care, of children's incidents", CARED_FOR, 0.03,
        _share("looked_after = 'yes'", _CHILD[True]), "[64]",
    ),
    _a_year("adult", _CHILD[False], A_YEAR["adult"], 0.1),
    _a_year("child", _CHILD[True], A_YEAR["child"], 0.25),
    _a_year("child in care", f"{_CHILD[True]} AND looked_after = 'yes'", A_YEAR["cared"], 0.9),
    Measure("repeats in a year, of children's incidents", 0.65, 0.04, _REPEATS, "[74]"),
    Measure("incidents of the 6% of children missing most", 0.33, 0.05, _TOP, "[74]"),
    # Stated as over half.
    Measure(f"first repeats within {SOON} days", 0.65, 0.14, _SOON, "[51]"),
    *_hours(True),
    *_hours(False),
    *(
        Measure(f"risk {level}, of graded", share / 100, 0.015, _share(f"risk_level = '{level}'",
        "risk_level <> ''"))
        for level, share in RISKS
    ),
    Measure("safe, of closed", 0.96, 0.005, _share("harm = '{none}'", _HARM), "[72]"),
    Measure(
        "harmed, of closed", 0.033, 0.004,
        _share("outcome <> 'located_deceased' AND harm <> '{none}' AND NOT harm && "
               "'{sexual_offence,sexual_exploitation}'::varchar[]", _HARM), "[72]",
    ),
    Measure(
        "sexual harm, of closed", 0.003, 0.001,
        _share("harm && '{sexual_offence,sexual_exploitation}'::varchar[]", _HARM), "[72]",
    ),
    Measure("dead, of closed", 0.004, 0.001, _share("outcome = 'located_deceased'", _HARM), "[72]"),
    *(
        Measure(f"found by {name}", share, 0.015, _share(f"found_by IN ({among})", "found_by <> ''"))
        for name, share, among in (
            ("own return", 0.45, "'own_return'"),
            ("police", 0.30, "'police'"),
            ("family or carer", 0.15, "'family_friend', 'carer'"),
            ("others", 0.10, ", ".join(f"'{who}'" for who, _ in FINDERS[4:])),
        )
    ),
    Measure("median distance in km", MEDIAN_KM, 0.3, _MEDIAN),
    Measure(
        f"reported from {EVENING[0]} to {EVENING[-1]} o'clock in London",
        sum(BY_HOUR[hour] for hour in EVENING) / sum(BY_HOUR), 0.02,
        _share(f"{_LONDON_HOUR} >= {EVENING[0]}", "true"),
    ),
    Measure("day of birth not known, of people", BIRTH_UNKNOWN + BIRTH_THOUGHT, 0.01, _BIRTHS, "O"),
)  # fmt: skip


def made_a_day() -> Measure:
    """Incidents a day, as the forces that there are have them together."""
    owners = set(Incident.objects.values_list("owner_id", flat=True).distinct())
    stated = a_day([force for force in the_forces() if force.pk in owners])
    days = f"extract(epoch FROM {_LAST} - min(reported_at)) / 86400.0"
    return Measure(
        "incidents a day", stated, 0.02 * stated + 0.1,
        f"SELECT count(*) / ({days}), count(*), {stated} "  # noqa: S608
        "FROM missingcases_incident",
    )  # fmt: skip
