"""Which cases exist for whom: the charity's family workers, and nobody else at all."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from families.enums import CaseStatus
from families.models import CaseAccess, SupportCase
from families.states import WORKERS
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.breakglass.selectors import opened_for


def cases_visible_to(actor: Actor) -> QuerySet[SupportCase]:
    """The charity's cases that the actor works with; a narrowed one only for the colleagues it names.

    A duty manager sees narrowed cases too, unless they are themselves kept out of one; what a manager
    holds open by break-glass (`missingcases.breakglass`) they see in any case.
    """
    if actor.organisation_id is None or actor.user_id is None or not actor.holds(WORKERS):
        return SupportCase.objects.none()
    named = CaseAccess.objects.filter(case=OuterRef("pk"), user_id=actor.user_id, ended_at__isnull=True)
    rows = SupportCase.objects.filter(charity_id=actor.organisation_id)
    not_kept_out = ~Exists(named.filter(is_kept_out=True))
    if actor.holds({Role.CHARITY_MANAGER}):
        opened = opened_for(actor)
        held = Q(incident_id__in=opened.incident_ids) | Q(person_id__in=opened.person_ids)
        return rows.filter(Q(not_kept_out) | held if opened else not_kept_out)
    return rows.filter(not_kept_out, Q(is_narrowed=False) | Exists(named.filter(is_kept_out=False)))


def cases_hidden_from(actor: Actor) -> QuerySet[SupportCase]:
    """Cases of the actor's charity that are narrowed to others, or that the actor is kept out of.

    Unlike what is not among `cases_visible_to` it is empty for whoever works with no families at all: a
    case that nobody narrowed is kept from no colleague.
    """
    named = CaseAccess.objects.filter(case=OuterRef("pk"), user_id=actor.user_id or 0, ended_at__isnull=True)
    away = Q(Exists(named.filter(is_kept_out=True)))
    if not actor.holds({Role.CHARITY_MANAGER}):
        away |= Q(~Exists(named.filter(is_kept_out=False)), is_narrowed=True)
    seen = cases_visible_to(actor).order_by().values("pk")
    return SupportCase.objects.filter(away, charity_id=actor.organisation_id or 0).exclude(pk__in=seen)


def running_cases(actor: Actor) -> QuerySet[SupportCase]:
    """Those not closed."""
    return cases_visible_to(actor).exclude(status=CaseStatus.CLOSED)


def case_for(actor: Actor, reference: str) -> SupportCase:
    """One case by its reference. Raises `NotVisible`."""
    rows = cases_visible_to(actor).select_related("incident", "contact_person")
    return _found(rows.filter(reference=reference).first(), reference)


def case_of(actor: Actor, case_id: int) -> SupportCase:
    """One case by its id. Raises `NotVisible`."""
    return _found(cases_visible_to(actor).filter(pk=case_id).first(), f"case {case_id}")


def listed(actor: Actor, *, show: str) -> QuerySet[SupportCase]:
    """One list of cases: `open`, `mine`, `aftercare` or `closed`, the newest first."""
    chosen = {
        "open": Q(status=CaseStatus.OPEN),
        "mine": Q(contact_person_id=actor.user_id) & ~Q(status=CaseStatus.CLOSED),
        "aftercare": Q(status=CaseStatus.AFTERCARE),
        "closed": Q(status=CaseStatus.CLOSED),
    }[show]
    return cases_visible_to(actor).filter(chosen).select_related("contact_person")


def access_of(case: SupportCase) -> QuerySet[CaseAccess]:
    """The colleagues who are named for a case or kept out of it now."""
    return case.access.filter(ended_at__isnull=True).select_related("user").order_by("pk")


def _found(row: SupportCase | None, what: str) -> SupportCase:
    if row is None:
        raise NotVisible(what)
    return row
