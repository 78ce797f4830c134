"""Words of concept lists in notes that the actor may read: by the index of notes, then read word by word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet

from foundation.actors import Actor
from missingcases.models import Incident, Note
from missingcases.models.notes import note_words
from missingcases.selectors.opening import Readable
from reports.cohorts.concepts import Term
from reports.cohorts.enums import Language
from reports.cohorts.finding import Hit, Passage, hits_in, passages, words_asked, words_in
from reports.cohorts.models import ListVersion

# A hyphenated word counts twice in Postgres and once here, so its index looks a little farther.
_SPARE = 2


@dataclass(frozen=True, slots=True)
class NoteHits:
    """One note with the paragraphs in which words of the lists stand."""

    note: Note
    passages: list[Passage]
    said: int
    denied: int


def query_of(terms: Iterable[Term]) -> str:
    """The query of Postgres that finds every note that may hold a hit. Empty where no word is left."""
    parts: list[str] = []
    values: list[str | int] = []
    for term in terms:
        for form in term.forms:
            if not term.near:
                parts.append("phraseto_tsquery('english', %s)")
                values.append(form)
            for near in term.near:
                steps, asked = _near(form, near, term.within + _SPARE)
                parts += steps
                values += asked
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({' || '.join(parts) or 'NULL::tsquery'})::text", values)
        return str(cursor.fetchone()[0] or "")


def _near(form: str, near: str, within: int) -> tuple[list[str], list[str | int]]:
    one = "tsquery_phrase(phraseto_tsquery('english', %s), phraseto_tsquery('english', %s), %s)"
    ways = [(form, near), (near, form)]
    values: list[str | int] = [
        value for first, second in ways for step in range(1, within + 1) for value in (first, second, step)
    ]
    return [one] * (2 * within), values


def nothing_to_find(phrases: Sequence[str]) -> list[str]:
    """Of these phrases those of which the index holds no word, such as "to be": they would find nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one FROM unnest(%s::text[]) one WHERE numnode(phraseto_tsquery('english', one)) = 0",
            [list(phrases)],
        )
        return [row[0] for row in cursor.fetchall()]


def stems_of(words: Collection[str]) -> dict[str, str]:
    """The stem of each word as the index of notes holds it; words that it leaves out stay as they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, (ts_lexize('english_stem', one))[1] FROM unnest(%s::text[]) one", [sorted(words)]
        )
        return {word: stem or word for word, stem in cursor.fetchall()}


def notes_with(actor: Actor, versions: Sequence[ListVersion]) -> QuerySet[Note]:
    """The notes with words of any of these lists, of whatever incident, that the actor may read now."""
    query = query_of([term for version in versions for term in version.read_terms])
    if not query:
        return Note.objects.none()
    return with_query(Note.objects.all(), query).filter(Readable(actor))


def with_query(notes: QuerySet[Note], query: str) -> QuerySet[Note]:
    """Of these notes those that a query of `query_of` finds: by the index `note_by_words`."""
    asked = SearchQuery(query, search_type="raw", config="simple")
    return notes.alias(found_words=note_words()).filter(found_words=asked)


def hits_of(actor: Actor, incident: Incident, versions: Sequence[ListVersion]) -> list[NoteHits]:
    """The hits of one incident in the notes that the actor may read now, the newest note first."""
    rows = notes_with(actor, versions).filter(incident_id=incident.pk)
    notes = list(rows.select_related("author", "organisation").order_by("-created_at", "-pk"))
    stems = stems_of(words_in(note.text for note in notes) | _asked(versions))
    found = [_hits(note, versions, stems) for note in notes]
    return [one for one in found if one.passages]


def hits_in_text(text: str, versions: Sequence[ListVersion]) -> list[Hit]:
    """As a note's: for trying a list out on a sentence."""
    return _all_hits(text, versions, stems_of(words_in([text]) | _asked(versions)))


def _asked(versions: Sequence[ListVersion]) -> set[str]:
    return {word for version in versions for word in words_asked(version.read_terms)}


def _hits(note: Note, versions: Sequence[ListVersion], stems: dict[str, str]) -> NoteHits:
    hits = _all_hits(note.text, versions, stems)
    denied = sum(hit.is_negated for hit in hits)
    return NoteHits(note, passages(note.text, hits), len(hits) - denied, denied)


def _all_hits(text: str, versions: Sequence[ListVersion], stems: dict[str, str]) -> list[Hit]:
    """Of all lists, in order; where two lists hit the same words the longer hit stands."""
    found = [
        Hit(hit.start, hit.end, version.concept_list.name, hit.denial)
        for version in versions
        for hit in hits_in(
            text,
            version.read_terms,
            stems,
            negation=version.concept_list.language == Language.ENGLISH,
        )
    ]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.term not in kept[-1].term.split("; "):
            last = kept[-1]
            kept[-1] = Hit(last.start, last.end, f"{last.term}; {hit.term}", last.denial)
    return kept
