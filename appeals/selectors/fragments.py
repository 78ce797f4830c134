"""Pages of forces that have to carry the helpline's fragment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from appeals import deadlines
from appeals.models import FragmentCheck
from foundation.accounts.enums import INSPECTORS, PUBLICITY_DESK, OrganisationKind
from foundation.actors import Actor
from foundation.exceptions import NotVisible


def fragment_pages_visible_to(actor: Actor) -> QuerySet[FragmentCheck]:
    """The charity's publicity desk sees every force's pages, an inspector those of the own force."""
    rows = FragmentCheck.objects.select_related("organisation").order_by("organisation__name", "url")
    if actor.organisation_kind is OrganisationKind.CHARITY and actor.holds(PUBLICITY_DESK):
        return rows
    if actor.holds(INSPECTORS) and actor.organisation_id is not None:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def fragment_page_for(actor: Actor, page_id: int) -> FragmentCheck:
    """One page. Raises `NotVisible`."""
    found = fragment_pages_visible_to(actor).filter(pk=page_id).first()
    if found is None:
        raise NotVisible(f"fragment page {page_id}")
    return found


def missed(actor: Actor, *, now: datetime) -> QuerySet[FragmentCheck]:
    """Pages on which the fragment was not seen for so long that a person has to see to it; longest first."""
    since = now - deadlines.FRAGMENT_MISSED_AFTER
    rows = fragment_pages_visible_to(actor).filter(is_active=True, missing_since__lte=since)
    return rows.order_by("missing_since", "pk")
