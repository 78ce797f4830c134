"""Writing concept lists and code books: each change is a new version, and none is written over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from reports.cohorts import policies
from reports.cohorts.concepts import as_stored, read_terms
from reports.cohorts.enums import Language
from reports.cohorts.models import BookTheme, BookVersion, CodeBook, ConceptList, ListVersion, Theme
from reports.cohorts.selectors import nothing_to_find
from reports.cohorts.services.common import need, whose

MOST_THEMES = 30


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme as somebody wrote it."""

    name: str
    definition: str


@transaction.atomic
def write_list(*, actor: Actor, name: str, language: str, terms: str) -> ListVersion:
    """A new concept list with its first version. Raises `Refused`, `Invalid`."""
    require(policies.may_lead(actor))
    stored = _terms(terms)
    if language not in Language.values:
        raise Invalid({"language": "Choose one of the listed values."})
    named = need(name, "name", "Give the list a name.", most=80)
    try:
        with transaction.atomic():
            made = ConceptList.objects.create(
                organisation_id=whose(actor)[1],
                name=named,
                language=language,
                created_by_id=whose(actor)[0],
            )
    except IntegrityError:
        raise Invalid({"name": "There is a list of this name already."}) from None
    audit.record(actor=actor, action="cohort.list_written", target=made)
    return ListVersion.objects.create(
        concept_list=made, number=1, terms=stored, written_by_id=whose(actor)[0]
    )


@transaction.atomic
def change_list(*, actor: Actor, list_id: int, number: int, terms: str, why: str) -> ListVersion:
    """The next version of a list; reviews that were begun keep theirs. `number` is the one it was read at.

    Raises `Refused`, `Invalid`, `NotVisible`, and `Conflict` where a colleague changed it meanwhile.
    """
    require(policies.may_lead(actor))
    held = ConceptList.objects.select_for_update(no_key=True).filter(
        pk=list_id, organisation_id=whose(actor)[1]
    )
    made = held.first()
    newest = ListVersion.objects.filter(concept_list_id=list_id).first()
    if made is None or newest is None:
        raise NotVisible(f"list {list_id}")
    stored = _terms(terms)
    if newest.number != number:
        theirs = "\n".join(term.line for term in newest.read_terms)
        raise Conflict(version=newest.number, theirs={"terms": theirs}, yours={"terms": terms})
    audit.record(actor=actor, action="cohort.list_changed", target=made, fields=["terms"])
    return ListVersion.objects.create(
        concept_list=made,
        number=number + 1,
        terms=stored,
        why=need(why, "why", "Say why it is changed.", most=200),
        written_by_id=whose(actor)[0],
    )


def _terms(text: str) -> list[dict[str, object]]:
    terms = read_terms(text)
    phrases = [phrase for term in terms for phrase in (*term.forms, *term.near)]
    if empty := nothing_to_find(phrases):
        said = ", ".join(sorted(set(empty))[:5])
        raise Invalid({"terms": f"These words stand nearly everywhere and are in no index: {said}."})
    return as_stored(terms)


@transaction.atomic
def write_book(*, actor: Actor, name: str, themes: Sequence[ThemeWords]) -> BookVersion:
    """A new code book with its first version. Raises `Refused`, `Invalid`."""
    require(policies.may_lead(actor))
    wanted = _themes(themes)
    named = need(name, "name", "Give the code book a name.", most=80)
    try:
        with transaction.atomic():
            book = CodeBook.objects.create(
                organisation_id=whose(actor)[1], name=named, created_by_id=whose(actor)[0]
            )
    except IntegrityError:
        raise Invalid({"name": "There is a code book of this name already."}) from None
    audit.record(actor=actor, action="cohort.book_written", target=book)
    return _write_version(actor, book, 1, wanted, "")


@transaction.atomic
def change_book(
    *, actor: Actor, book_id: int, number: int, themes: Sequence[ThemeWords], why: str
) -> BookVersion:
    """The next version of a code book; a review goes on with its own until its lead takes the new one.

    A theme with the same name and definition is the same theme, and what was coded of it stands. Raises
    `Refused`, `Invalid`, `NotVisible`, and `Conflict` where a colleague changed it meanwhile.
    """
    require(policies.may_lead(actor))
    held = CodeBook.objects.select_for_update(no_key=True).filter(pk=book_id, organisation_id=whose(actor)[1])
    book = held.first()
    newest = BookVersion.objects.filter(book_id=book_id).first()
    if book is None or newest is None:
        raise NotVisible(f"book {book_id}")
    wanted = _themes(themes)
    if newest.number != number:
        raise Conflict(version=newest.number, theirs={}, yours={})
    audit.record(actor=actor, action="cohort.book_changed", target=book, fields=["themes"])
    reason = need(why, "why", "Say why it is changed.", most=200)
    return _write_version(actor, book, number + 1, wanted, reason)


def _themes(themes: Sequence[ThemeWords]) -> list[ThemeWords]:
    wanted = [ThemeWords(one.name.strip(), one.definition.strip()) for one in themes]
    wanted = [one for one in wanted if one.name or one.definition]
    if not wanted:
        raise Invalid({"themes": "Write at least one theme."})
    if len(wanted) > MOST_THEMES:
        raise Invalid({"themes": f"A code book has at most {MOST_THEMES} themes."})
    if any(not one.name or not one.definition for one in wanted):
        raise Invalid({"themes": "Give each theme a name and a definition: what counts, and what does not."})
    if any(len(one.name) > 80 or len(one.definition) > 1000 for one in wanted):
        raise Invalid({"themes": "A name has at most 80 characters, a definition 1000."})
    if len({one.name.casefold() for one in wanted}) < len(wanted):
        raise Invalid({"themes": "Two themes have the same name."})
    return wanted


def _write_version(
    actor: Actor, book: CodeBook, number: int, wanted: Sequence[ThemeWords], why: str
) -> BookVersion:
    known = {(one.name, one.definition): one for one in book.themes.all()}
    version = BookVersion.objects.create(book=book, number=number, why=why, written_by_id=whose(actor)[0])
    for place, one in enumerate(wanted, 1):
        theme = known.get((one.name, one.definition))
        if theme is None:
            theme = Theme.objects.create(book=book, name=one.name, definition=one.definition)
        BookTheme.objects.create(version=version, theme=theme, place=place)
    return version
