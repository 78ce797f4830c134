"""The audience rows an actor reads by, the notes that they open, and looking words up."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Q, QuerySet

from foundation.actors import Actor
from missingcases.enums import AUTHORITY_KINDS, RECORD_KINDS, Audience, AudienceKind
from missingcases.models import AudienceRow, Incident, Note
from missingcases.models.notes import note_words, parted
from missingcases.policies import principals_of

# Whether somebody sees the record of an incident of a person, a column: `records_visible_to` for statements
# written by hand, with the values of `paging.keys_of`. Each step is one value, so that Postgres goes from the
# person, row by row, and never through all that somebody sees.
RECORD_SEEN = """(SELECT TRUE FROM missingcases_incident i WHERE i.person_id = {person} AND (
    SELECT TRUE FROM missingcases_audiencerow a WHERE a.incident_id = i.id AND a.revoked_at IS NULL
    AND a.principal = ANY(%(keys)s::text[]) AND a.kind = ANY(%(kinds)s::text[]) LIMIT 1) LIMIT 1)"""


def audience_rows(actor: Actor, *, record_only: bool = False) -> QuerySet[AudienceRow]:
    """The rows that give `actor` sight; with `record_only` those that open the record itself."""
    rows = AudienceRow.objects.filter(principal__in=principals_of(actor), revoked_at__isnull=True)
    return rows.filter(kind__in=sorted(RECORD_KINDS)) if record_only else rows


def notes_visible_to(actor: Actor) -> QuerySet[Note]:
    """Every note the actor may read, of whatever incident: as `notes_for` does one incident at a time."""
    seen = audience_rows(actor)
    record = seen.filter(kind__in=sorted(RECORD_KINDS))
    standing = record.exclude(kind=AudienceKind.TRANSFER)
    owner = standing.exclude(kind__in=sorted(AUTHORITY_KINDS)).filter(organisation=F("incident__owner"))
    named = Q(audience=Audience.NAMED, named_user_ids__contains=[actor.user_id or 0])
    charity = Q(audience=Audience.CHARITY, organisation_id=actor.organisation_id)
    return Note.objects.filter(
        (named | charity) & _in(seen)
        | Q(audience=Audience.EVERYONE) & _in(record)
        | Q(audience=Audience.AUTHORITY) & _in(standing)
        | Q(audience=Audience.OWNER) & _in(owner)
    )


def _in(rows: QuerySet[AudienceRow]) -> Q:
    return Q(incident__in=rows.values("incident_id"))


def with_words(notes: QuerySet[Note], words: str) -> QuerySet[Note]:
    """Of these notes those with the words, in whatever form: by the index `note_by_words`."""
    return notes.alias(note_words=note_words()).filter(note_words=_query(parted(words), "english"))


def seen_at(incidents: QuerySet[Incident], place: str) -> QuerySet[Incident]:
    """Of these incidents those last seen at a place of these words: by the index `incident_by_place`."""
    vector = SearchVector("last_seen_place", config="simple")
    return incidents.alias(place_words=vector).filter(place_words=_query(place, "simple"))


def _query(words: str, config: str) -> SearchQuery:
    """Words as people type them: all of them, "together", or -without."""
    return SearchQuery(words, config=config, search_type="websearch")
