"""Who may be meant where names are all that is known, so that no record is told of but those the actor sees.

Nobody is looked through for the sake of other forces then. One prepared statement finds people by pairs of
words (`NamePair`), ranks them by what the pair says, asks for sight of the likest one after the other and
reads those seen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.prepared import array_of, fetch_all
from missingcases.matching.comparing import Profile
from missingcases.matching.models import NO_WORD, pair_of
from missingcases.matching.selectors.candidates import OF_ONE_NAME
from missingcases.matching.selectors.profiles import profile_of
from missingcases.matching.selectors.standins import StandIns
from missingcases.matching.weights import GENERAL
from missingcases.models import MissingPerson
from missingcases.selectors.paging import keys_of
from missingcases.selectors.sight import RECORD_SEEN

# So many pairs of words are asked for, the likest.
PAIRS = 400
# So many people with one name on record come in beside those with both, whom they would crowd out.
WITH_ONE_NAME = 10
# So many of other forces' people are asked about for the police, with both names and with one: most forces
# keep theirs to themselves.
OF_OTHERS, OTHERS_WITH_ONE_NAME = 40, 4
_COLUMNS = tuple(field.attname for field in MissingPerson._meta.concrete_fields)
_NAMES = itemgetter(*map(_COLUMNS.index, ("given_names", "family_name")))
_MORE = itemgetter(*map(_COLUMNS.index, ("date_of_birth", "estimated_age", "estimated_on", "sex")))
_KEY = _COLUMNS.index("id")
# The pairs are sorted, so the place of one among them is found by halving. Sight is one value for each row,
# so in every part it is asked in order and no further than it takes. Whoever comes behind as many as are
# wanted is not asked about (`enough`).
_FIND = """
WITH paired AS MATERIALIZED (
    SELECT n.person_id, n.organisation_id = %(own)s AS is_own,
           max((%(bits)s::real[])[width_bucket(n.pair, %(pairs)s::bigint[])]) AS bits
    FROM matching_namepair n
    WHERE n.pair = ANY(%(pairs)s::bigint[]) AND n.person_id <> ALL(%(but)s::bigint[])
    GROUP BY n.person_id, n.organisation_id
), first AS MATERIALIZED (
    SELECT k.* FROM (
        SELECT * FROM paired WHERE {paired_inside} ORDER BY bits DESC, is_own DESC, person_id DESC) AS k
    WHERE {sight} LIMIT {most}
), enough AS MATERIALIZED (
    SELECT CASE WHEN count(*) >= {most} THEN min(bits) ELSE '-infinity' END AS bits FROM first
), alone AS (
    SELECT k.* FROM {ones} CROSS JOIN LATERAL (
        SELECT n.person_id, n.organisation_id = %(own)s AS is_own, o.bits FROM matching_namepair n
        WHERE n.pair = o.pair AND n.person_id <> ALL(%(but)s::bigint[]) AND {inside}
        ORDER BY n.organisation_id DESC, n.person_id DESC) AS k
    WHERE {sight} ORDER BY o.at LIMIT {of_alone}
){others}
SELECT {columns}, ARRAY(SELECT a.name FROM missingcases_alias a WHERE a.person_id = p.id ORDER BY a.id)
FROM (
    SELECT person_id, is_own, max(bits) AS bits FROM ({parts}) AS part GROUP BY person_id, is_own
    ORDER BY bits DESC, is_own DESC, person_id DESC LIMIT {most}) AS seen
JOIN missingcases_missingperson p ON p.id = seen.person_id
ORDER BY seen.bits DESC, seen.is_own DESC, seen.person_id DESC
"""
_ONES = """(
    SELECT * FROM unnest(%(ones)s::bigint[], %(one_bits)s::real[]) WITH ORDINALITY AS one(pair, bits, at)
    WHERE bits > (SELECT bits FROM enough)) AS o"""
_OTHERS = """, others AS (
    SELECT k.* FROM (
        SELECT * FROM paired WHERE NOT is_own AND bits > (SELECT bits FROM enough)
        ORDER BY bits DESC, person_id DESC LIMIT {of_others}) AS k
    WHERE {sight}
), others_alone AS (
    SELECT k.* FROM (
        SELECT n.person_id, FALSE AS is_own, o.bits FROM {ones} CROSS JOIN LATERAL (
            SELECT n.person_id FROM matching_namepair n
            WHERE n.pair = o.pair AND n.person_id <> ALL(%(but)s::bigint[]) AND n.organisation_id <> %(own)s
            ORDER BY n.organisation_id DESC, n.person_id DESC LIMIT {of_others_alone}) AS n
        ORDER BY o.at LIMIT {of_others_alone}) AS k
    WHERE {sight}
)"""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose record the actor sees, as it is compared; `row` is the whole of it."""

    person_id: int
    profile: Profile
    row: tuple[Any, ...]

    def person(self) -> MissingPerson:
        """The record itself, without another look."""
        return MissingPerson.from_db("default", _COLUMNS, self.row)


def likest_named(
    actor: Actor,
    wanted: Profile,
    given: StandIns,
    family: StandIns,
    most: int,
    *,
    but: Collection[int] = (),
    sight: str = RECORD_SEEN,
) -> list[Named]:
    """Of those whose record the actor sees, leaving out `but`, the `most` likest by name in either order.

    `sight` is what sees a record: the condition on a person's column that each candidate must meet.
    """
    pairs, ones = _pairs(given, family)
    values = {
        "own": actor.organisation_id or 0,
        "pairs": array_of(pairs),
        "bits": array_of(pairs.values()),
        "ones": array_of(ones),
        "one_bits": array_of(ones.values()),
        "but": array_of(but),
        **keys_of(actor),
    }
    found = fetch_all(_statement(sight, is_police=actor.holds(POLICE), most=most), values)
    return [_named(row[:-1], row[-1], with_more=wanted.has_age_or_sex) for row in found]


def _named(row: tuple[Any, ...], others: list[str], *, with_more: bool) -> Named:
    """Where neither age nor sex is asked for, nothing but names is compared."""
    given, family = _NAMES(row)
    born, age, on, sex = _MORE(row) if with_more else (None, None, None, "")
    return Named(row[_KEY], profile_of(given, family, born, age, on, sex, others), row)


@lru_cache(maxsize=8)
def _statement(sight: str, *, is_police: bool, most: int) -> str:
    """The police look among their own force's people first, then at some of other forces'.

    Others see few of all there are, whosever they are.
    """
    parts = ["first", "alone", *(["others", "others_alone"] if is_police else [])]
    common = {
        "sight": sight.format(person="k.person_id"),
        "ones": _ONES,
        "of_alone": WITH_ONE_NAME,
        "of_others": OF_OTHERS,
        "of_others_alone": OTHERS_WITH_ONE_NAME,
    }
    return _FIND.format(
        **common,
        paired_inside="is_own" if is_police else "TRUE",
        inside="n.organisation_id = %(own)s" if is_police else "TRUE",
        others=_OTHERS.format(**common) if is_police else "",
        parts=" UNION ALL ".join(f"TABLE {part}" for part in parts),
        columns=", ".join(f"p.{name}" for name in _COLUMNS),
        most=most,
    )


def _pairs(given: StandIns, family: StandIns) -> tuple[dict[int, float], dict[int, float]]:
    """Pairs of words in order, as names stand or exchanged, and words alone, each with what it says."""
    first, last = _fitting(given.as_given), _fitting(family.as_family)
    found: dict[int, float] = {}
    exchanged = GENERAL.bits("order", "swapped")
    for one in first:
        for other in last:
            bits = given.as_given[one] + family.as_family[other]
            for pair, says in ((pair_of(other, one), bits), (pair_of(one, other), bits + exchanged)):
                found[pair] = max(found.get(pair, says), says)
    if len(found) > PAIRS:
        found = dict(sorted(found.items(), key=lambda item: item[1], reverse=True)[:PAIRS])
    ones = {pair_of(NO_WORD, one): given.as_given[one] for one in first[:OF_ONE_NAME]}
    ones |= {pair_of(other, NO_WORD): family.as_family[other] for other in last[:OF_ONE_NAME]}
    return dict(sorted(found.items())), dict(sorted(ones.items(), key=lambda item: item[1], reverse=True))


def _fitting(bits: dict[int, float]) -> list[int]:
    """The words that speak for somebody; where there are none, those that speak least against."""
    return [number for number, says in bits.items() if says > 0] or list(bits)
