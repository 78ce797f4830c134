"""Earlier records of somebody who is reported now. Nothing is looked at that visibility hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from foundation.accounts.enums import POLICE, OrganisationKind, Role
from foundation.accounts.models import Membership, Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from missingcases.matching import births, weights
from missingcases.matching.comparing import Profile
from missingcases.matching.models import PersonKeys
from missingcases.matching.places import place_keys, word_keys
from missingcases.matching.scoring import Comparison, compare, in_words, kinds_of
from missingcases.matching.selectors.candidates import candidates
from missingcases.matching.selectors.named import Named, likest_named
from missingcases.matching.selectors.profiles import profiles_of
from missingcases.matching.selectors.standins import stand_ins
from missingcases.matching.words import words
from missingcases.models import Incident, MissingPerson
from missingcases.numbers import number_key, read_number
from missingcases.selectors.incidents import records_visible_to
from missingcases.selectors.sight import RECORD_SEEN

MOST = 20
# So many of the likest by their keys are compared in full, of those seen and of others.
COMPARED = 60
# So many where the keys say all there is to compare but for other names that somebody goes by.
ENOUGH = MOST + 4
_Compared = Mapping[int, Comparison]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who is looked for, as far as it is known. Phones and addresses as they are written."""

    given_names: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    age: int | None = None
    sex: str = ""
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A record that the actor sees. `score` is in bits; `reasons` are words for people."""

    person: MissingPerson
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another force holds a likely record: which force, and how to reach it. Nothing of the record."""

    organisation: str
    contact: str


@dataclass(frozen=True, slots=True)
class Found:
    """What there is: records in full, best first, and forces to ask."""

    people: tuple[Match, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


def likely_people(actor: Actor, wanted: Wanted, *, but: Iterable[int] = (), most: int = MOST) -> Found:
    """Earlier records of `wanted` as `actor` may know them. The look is audited as a search, ids only.

    `but` are ids of people to leave out: the record itself, and those told apart from it already.
    """
    looked = look(actor, profile_of(wanted), frozenset(but))
    people = matches(looked, most)
    elsewhere = _elsewhere(actor, looked.hidden)
    audit.record(
        actor=actor,
        action="person.searched",
        target=MissingPerson,
        target_ids=[one.person.pk for one in people],
    )
    return Found(people, elsewhere)


def matches(looked: Looked, most: int = MOST) -> tuple[Match, ...]:
    """Of the people found those worth showing, the likest first."""
    own, seen = looked.own, _best(looked.own, weights.WORTH_SHOWING)[:most]
    rows = looked.people(seen)
    return tuple(Match(rows[pk], own[pk].score, in_words(own[pk].reasons)) for pk in seen if pk in rows)


@dataclass(frozen=True, slots=True)
class Looked:
    """How the likest people compare: those the actor sees, and those of whom a force may be told.

    `named` are those whose record was read on the way.
    """

    own: _Compared
    hidden: _Compared = field(default_factory=dict)
    named: Mapping[int, Named] = field(default_factory=dict)

    def people(self, person_ids: list[int]) -> dict[int, MissingPerson]:
        """Their records."""
        if self.named:
            return {pk: self.named[pk].person() for pk in person_ids}
        return MissingPerson.objects.in_bulk(person_ids)


def look(
    actor: Actor, profile: Profile, left_out: frozenset[int] = frozenset(), *, sight: str = RECORD_SEEN
) -> Looked:
    """Whoever is like `profile`, with no entry in the trail, which is the caller's.

    Names alone tell of no force (`_elsewhere`), so then nobody is read but whom the actor sees (`sight`).
    """
    given, family = stand_ins(profile.given, profile.family)
    if profile.is_names_alone and given.numbers and family.numbers:
        most = COMPARED if profile.has_age_or_sex else ENOUGH
        named = likest_named(actor, profile, given, family, most, but=left_out, sight=sight)
        compared = _each_compared(profile, {one.person_id: one.profile for one in named})
        return Looked(compared, named={one.person_id: one for one in named})
    found = candidates(actor, profile, given, family)
    own = [one.person_id for one in found if one.is_seen and one.person_id not in left_out][:COMPARED]
    may_ask = actor.holds(POLICE) and not profile.is_names_alone
    hidden = [one.person_id for one in found if not one.is_seen][:COMPARED] if may_ask else []
    compared = _each_compared(profile, profiles_of(own + hidden))
    return Looked(_those(compared, own), _those(compared, hidden))


def _each_compared(wanted: Profile, people: Mapping[int, Profile]) -> _Compared:
    """Of many with one name one is compared."""
    known: dict[Profile, Comparison] = {}
    for one in people.values():
        if one not in known:
            known[one] = compare(wanted, one)
    return {pk: known[one] for pk, one in people.items()}


def _those(compared: _Compared, person_ids: Iterable[int]) -> _Compared:
    return {pk: compared[pk] for pk in person_ids if pk in compared}


def wanted_of(person: MissingPerson) -> Wanted:
    """A person on record, as they are looked for."""
    return Wanted(
        given_names=person.given_names,
        family_name=person.family_name,
        date_of_birth=person.date_of_birth,
        age=None if person.date_of_birth else person.estimated_age,
        sex=person.sex,
        phones=tuple(phone.number for phone in person.phones.all()),
        addresses=tuple(row.text for row in person.addresses.all()),
    )


def likely_record_at(actor: Actor, wanted: Wanted, organisation_id: int) -> int | None:
    """The id of the other force's person who is likeliest `wanted`: for that force's eyes, never the actor's.

    The same people and the same threshold as `Elsewhere`.
    """
    profile = profile_of(wanted)
    names = stand_ins(profile.given, profile.family)
    hidden = [one.person_id for one in candidates(actor, profile, *names) if not one.is_seen][:COMPARED]
    likely = _to_tell({pk: compare(profile, one) for pk, one in profiles_of(hidden).items()})
    there = people_elsewhere(actor).filter(pk__in=likely, organisation_id=organisation_id)
    held = set(there.values_list("pk", flat=True))
    return next((pk for pk in likely if pk in held), None)


def profile_of(wanted: Wanted) -> Profile:
    """`wanted` as it is compared."""
    today = timezone.localdate()
    return Profile(
        given=words(wanted.given_names),
        family=words(wanted.family_name),
        born=births.digits(wanted.date_of_birth),
        years=None if wanted.age is None else births.years_of(wanted.age, today),
        sex=wanted.sex,
        phones=frozenset(_phone_keys(wanted.phones)),
        address=frozenset(key for text in wanted.addresses for key in word_keys(text)),
        places=frozenset(key for text in wanted.addresses for key in place_keys(text)),
    )


def _phone_keys(numbers: Iterable[str]) -> Iterable[str]:
    for raw in numbers:
        try:
            yield number_key(read_number(raw)[0])
        except Invalid:
            continue  # half a number, while somebody types


def _best(compared: _Compared, least: float) -> list[int]:
    likely = [pk for pk, one in compared.items() if one.score >= least]
    return sorted(likely, key=lambda pk: (-compared[pk].score, pk))


def _to_tell(hidden: _Compared) -> list[int]:
    """Two kinds of thing must agree, so that nobody learns by a name or a date alone who is known where."""
    return [pk for pk in _best(hidden, weights.LIKELY_ELSEWHERE) if kinds_of(hidden[pk]) > 1]


def _elsewhere(actor: Actor, hidden: _Compared) -> tuple[Elsewhere, ...]:
    """The other forces with a likely record, in the order of their names: not even the score is told."""
    told = _to_tell(hidden)
    if not told:
        return ()
    holders = people_elsewhere(actor).filter(pk__in=told).values("organisation_id")
    forces = Organisation.objects.filter(pk__in=holders, kind=OrganisationKind.POLICE_FORCE).order_by("name")
    return tuple(Elsewhere(force.name, contact_of(force)) for force in forces)


def people_elsewhere(actor: Actor) -> QuerySet[PersonKeys]:
    """People of other forces, known by an incident that is not restricted and that the actor does not see."""
    open_to_ask = Incident.objects.filter(
        person_id=OuterRef("pk"), is_restricted=False, owner__kind=OrganisationKind.POLICE_FORCE
    )
    rows = PersonKeys.objects.exclude(organisation_id=actor.organisation_id or 0)
    seen = Exists(records_visible_to(actor).filter(person_id=OuterRef("pk")))
    return rows.filter(~seen, Exists(open_to_ask))


def contact_of(force: Organisation) -> str:
    """How one force reaches another about a person: its coordinators, else the number every force answers."""
    holders = Membership.objects.filter(
        organisation=force, role=Role.POLICE_COORDINATOR, ended_at__isnull=True, user__is_active=True
    ).order_by("user__full_name")
    people = [
        f"{name} ({email})" for name, email in holders.values_list("user__full_name", "user__email")[:2]
    ]
    if people:
        return f"Ask their missing person coordinator: {' or '.join(people)}."
    return f"Call 101 and ask for the missing person coordinator of {force.name}."
