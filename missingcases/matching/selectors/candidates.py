"""Who may be meant: people found by keys, at most a few hundred, among those the actor may know of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from rapidfuzz.distance import JaroWinkler

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.matching.births import variants
from missingcases.matching.comparing import Profile, alike
from missingcases.matching.models import NameToken, PersonKeys
from missingcases.matching.words import keys_of
from missingcases.models import Incident, Phone
from missingcases.selectors.incidents import records_visible_to

# How many words a word may stand for, and how many people each way of searching may bring.
MOST_WORDS = 60
BY_NAME, BY_BIRTH, BY_CONTACT = 300, 100, 50


def people_visible_to(actor: Actor) -> QuerySet[PersonKeys]:
    """People of incidents whose record the actor sees; a restricted one gives nobody else away."""
    return PersonKeys.objects.filter(Exists(records_visible_to(actor).filter(person_id=OuterRef("pk"))))


def people_elsewhere(actor: Actor) -> QuerySet[PersonKeys]:
    """People of other forces, known by an incident that is not restricted and that the actor does not see."""
    open_to_ask = Incident.objects.filter(
        person_id=OuterRef("pk"), is_restricted=False, owner__kind=OrganisationKind.POLICE_FORCE
    )
    rows = PersonKeys.objects.exclude(organisation_id=actor.organisation_id or 0)
    seen = Exists(records_visible_to(actor).filter(person_id=OuterRef("pk")))
    return rows.filter(~seen, Exists(open_to_ask))


def candidates(people: QuerySet[PersonKeys], wanted: Profile) -> list[int]:
    """Ids of whoever of `people` may be `wanted`, found by names in either order, birth, phone or address."""
    given, family = _stand_ins(wanted.given), _stand_ins(wanted.family)
    days = _days(wanted.born)
    found: dict[int, None] = {}
    for rows, most in (
        (_by_name(people, given, family, days), BY_NAME),
        (_by_birth(people, given + family, days), BY_BIRTH),
        (_by_phone(people, wanted.phones), BY_CONTACT),
        (_by_place(people, wanted.places), BY_CONTACT),
    ):
        if rows is not None:
            found |= dict.fromkeys(rows.values_list("pk", flat=True)[:most])
    return list(found)


def _days(born: str) -> list[date]:
    return sorted(variants(date(int(born[:4]), int(born[4:6]), int(born[6:8])))) if born else []


def _stand_ins(words: tuple[str, ...]) -> list[int]:
    """Ids of the words that any of these may stand for, the likest first."""
    keys = sorted({key for word in words for key in keys_of(word)})
    if not keys:
        return []
    rows = NameToken.objects.filter(keys__overlap=keys).values_list("number", "token")
    ranked = sorted(rows, key=lambda row: (-max(_likeness(word, row[1]) for word in words), row[0]))
    return [pk for pk, _ in ranked[:MOST_WORDS]]


def _likeness(one: str, other: str) -> float:
    return _LEVELS.get(alike((one,), (other,)), 0) + JaroWinkler.similarity(one, other)


_LEVELS = {"same": 4, "sounds_close": 2.5, "close": 2, "nickname": 2, "sounds_alike": 1.5, "starts_alike": 1}


def _by_name(
    people: QuerySet[PersonKeys], given: list[int], family: list[int], days: list[date]
) -> QuerySet[PersonKeys] | None:
    if not given and not family:
        return None
    if given and family:
        wanted = Q(given__overlap=given, family__overlap=family) | Q(
            given__overlap=family, family__overlap=given
        )
        wanted |= Q(given=[], family__overlap=family[:5]) | Q(family=[], given__overlap=given[:5])
    else:
        wanted = Q(given__overlap=given or family) | Q(family__overlap=given or family)
    return _ranked(people.filter(wanted), given, family, days)


def _ranked(
    people: QuerySet[PersonKeys], given: Sequence[int], family: Sequence[int], days: list[date]
) -> QuerySet[PersonKeys]:
    """Whoever has the likest words and a date that fits comes first: a common name has thousands."""
    best = [*given[:3], *family[:3]]
    rank = _points(Q(given__overlap=best), 1) + _points(Q(family__overlap=best), 1)
    if days:
        rank += _points(Q(date_of_birth__in=days), 2)
    return people.annotate(rank=rank).order_by("-rank", "-pk")


def _points(condition: Q, points: int) -> Case:
    return Case(When(condition, then=points), default=0, output_field=IntegerField())


def _by_birth(
    people: QuerySet[PersonKeys], names: list[int], days: list[date]
) -> QuerySet[PersonKeys] | None:
    if not days:
        return None
    rows = people.filter(date_of_birth__in=days)
    if names:
        rows = rows.filter(Q(given__overlap=names) | Q(family__overlap=names) | Q(given=[], family=[]))
    return rows.order_by("-pk")


def _by_phone(people: QuerySet[PersonKeys], phones: frozenset[str]) -> QuerySet[PersonKeys] | None:
    if not phones:
        return None
    holders = Phone.objects.filter(number_key__in=sorted(phones)).values("person_id")
    return people.filter(pk__in=holders).order_by("-pk")


def _by_place(people: QuerySet[PersonKeys], places: frozenset[int]) -> QuerySet[PersonKeys] | None:
    return people.filter(places__overlap=sorted(places)).order_by("-pk") if places else None
