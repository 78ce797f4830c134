"""Concept lists and code books of one's own organisation."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from reports.cohorts import policies
from reports.cohorts.models import BookVersion, CodeBook, ConceptList, ListVersion


def lists_visible_to(actor: Actor) -> QuerySet[ConceptList]:
    """The concept lists of the actor's organisation, for those who read for reviews."""
    rows = ConceptList.objects.filter(organisation_id=actor.organisation_id or 0)
    return rows if policies.may_review(actor) is None else rows.none()


def books_visible_to(actor: Actor) -> QuerySet[CodeBook]:
    """The code books of the actor's organisation, for those who read for reviews."""
    rows = CodeBook.objects.filter(organisation_id=actor.organisation_id or 0)
    return rows if policies.may_review(actor) is None else rows.none()


def list_named(actor: Actor, reference: str) -> ConceptList:
    """One list. Raises `NotVisible`."""
    found = lists_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def book_named(actor: Actor, reference: str) -> CodeBook:
    """One code book. Raises `NotVisible`."""
    found = books_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def newest_lists(actor: Actor) -> QuerySet[ListVersion]:
    """The newest version of each list, by name."""
    newest = ListVersion.objects.filter(concept_list_id=OuterRef("concept_list_id")).order_by("-number")
    rows = ListVersion.objects.filter(
        concept_list__in=lists_visible_to(actor), pk=Subquery(newest.values("pk")[:1])
    )
    return rows.select_related("concept_list").order_by("concept_list__name")


def newest_books(actor: Actor) -> QuerySet[BookVersion]:
    """The newest version of each code book, by name."""
    newest = BookVersion.objects.filter(book_id=OuterRef("book_id")).order_by("-number")
    rows = BookVersion.objects.filter(book__in=books_visible_to(actor), pk=Subquery(newest.values("pk")[:1]))
    return rows.select_related("book").order_by("book__name")
