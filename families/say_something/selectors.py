"""Accounts, for the charity's helpline; and what came of them, in figures that point at nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet, TextChoices

from families.say_something.enums import AccountStatus, Kind
from families.say_something.models import Account
from families.say_something.policies import may_read
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.intelligence.enums import ReportOutcome
from missingcases.intelligence.models import Report

SOURCE = "say_something.Account"
FEWEST = 5  # domain.md section 9: counts under five are not told
_FEW = "fewer than 5"


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """What the actor's charity was told; none for anybody but its helpline."""
    if may_read(actor) is not None:
        return Account.objects.none()
    return Account.objects.filter(charity_id=actor.organisation_id or 0)


def to_read(actor: Actor) -> QuerySet[Account]:
    """What nobody has dealt with, the first to be late first."""
    return accounts_visible_to(actor).filter(status=AccountStatus.NEW).order_by("read_by", "pk")


def account_named(actor: Actor, reference: str) -> Account:
    """One account. Raises `NotVisible`."""
    found = accounts_visible_to(actor).select_related("decided_by").filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def forces() -> QuerySet[Organisation]:
    """The forces to which intelligence may go."""
    return Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True).order_by("name")


@dataclass(frozen=True, slots=True)
class Figure:
    """One count, in words; a small one is not told."""

    label: str
    told: str


def figures(actor: Actor) -> list[tuple[str, list[Figure]]]:
    """How much was told, of what kind, and what the forces made of it.

    A count under five is not told. No table has a total, so nothing can be found by taking away.
    """
    rows = accounts_visible_to(actor)
    kinds = Counter(dict(rows.order_by().values_list("kind").annotate(Count("pk"))))
    stages = Counter(dict(rows.order_by().values_list("status").annotate(Count("pk"))))
    made = rows.filter(status=AccountStatus.RAISED).values("pk")
    reports = Report.objects.filter(origin_label=SOURCE, origin_id__in=made).exclude(outcome="")
    outcomes = Counter(dict(reports.order_by().values_list("outcome").annotate(Count("pk"))))
    return [
        ("What it was about", _table(Kind, kinds)),
        ("What we made of it", _table(AccountStatus, stages)),
        ("What the forces say came of it", _table(ReportOutcome, outcomes)),
    ]


def _table(words: type[TextChoices], counts: Counter[str]) -> list[Figure]:
    return [Figure(str(one.label), _told(counts[one])) for one in words]


def _told(count: int) -> str:
    return "none" if count == 0 else _FEW if count < FEWEST else str(count)
