"""Sight as a condition of the statement that reads: of incidents, and of what hangs on one of them."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func

from foundation.actors import Actor
from missingcases.enums import AUTHORITY_KINDS, Audience, AudienceKind
from missingcases.models import Incident
from missingcases.policies import OPENS, Standing, principals_of
from missingcases.selectors.paging import keys_of


def _array(values: frozenset[str]) -> str:
    """A constant of the statement."""
    return f"ARRAY[{', '.join(repr(str(one)) for one in sorted(values))}]"


# What each audience row of the reader opens, as `policies.standing` tells standings apart (a test holds both
# to the same). It names no entry, so Postgres asks it once a statement.
_OPENED = f"""ARRAY(SELECT unnest(CASE
    WHEN a.kind = '{AudienceKind.RELEASE}' THEN {_array(OPENS[Standing.RELEASE])}
    WHEN a.kind = '{AudienceKind.TRANSFER}' THEN {_array(OPENS[Standing.OFFERED])}
    WHEN a.kind = ANY({_array(AUTHORITY_KINDS)}) OR a.organisation_id <> %s
        THEN {_array(OPENS[Standing.AUTHORITY])}
    ELSE {_array(OPENS[Standing.OWNER])} END)
    FROM missingcases_audiencerow a
    WHERE a.incident_id = %s AND a.principal = ANY(%s::text[]) AND a.revoked_at IS NULL)"""  # noqa: S608 - constants of ours
_READABLE = (
    "({audience} = ANY({opened})"
    f" AND ({{audience}} <> '{Audience.NAMED}' OR %s = ANY({{named}}))"
    f" AND ({{audience}} <> '{Audience.CHARITY}' OR {{whose}} = %s))"
)


class OpenedBy(Func):
    """Of the rows of one incident those that the actor's standing on it opens; none without one.

    For models with `audience`, `named_user_ids` and `organisation_id`.
    """

    output_field = BooleanField()

    def __init__(self, actor: Actor, incident: Incident) -> None:
        super().__init__(F("audience"), F("named_user_ids"), F("organisation_id"))
        self.asked = (incident.owner_id, incident.pk, sorted(principals_of(actor)))
        self.user_id, self.organisation_id = actor.user_id or 0, actor.organisation_id or 0

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition, with its values in order. The three columns have none of their own."""
        audience, named, whose = (compiler.compile(one)[0] for one in self.source_expressions)
        sql = _READABLE.format(audience=audience, named=named, whose=whose, opened=_OPENED)
        return sql, (*self.asked, self.user_id, self.organisation_id)


# As `_OPENED`, for rows of many incidents: Postgres asks it of each row found.
_OPENED_OF = _OPENED.replace(
    "a.organisation_id <> %s", "a.organisation_id <> (SELECT i.owner_id FROM missingcases_incident i"
    " WHERE i.id = {incident})"
).replace("a.incident_id = %s", "a.incident_id = {incident}")  # fmt: skip


class Readable(Func):
    """Of rows of many incidents those that the actor's standing on the incident of each opens.

    As `OpenedBy`, where few rows are found otherwise: by words, say, or of incidents that are named.
    """

    output_field = BooleanField()

    def __init__(self, actor: Actor) -> None:
        super().__init__(F("audience"), F("named_user_ids"), F("organisation_id"), F("incident_id"))
        self.asked = (sorted(principals_of(actor)), actor.user_id or 0, actor.organisation_id or 0)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition, with its values in order. The four columns have none of their own."""
        audience, named, whose, incident = (compiler.compile(one)[0] for one in self.source_expressions)
        opened = _OPENED_OF.format(incident=incident)
        return _READABLE.format(audience=audience, named=named, whose=whose, opened=opened), self.asked


# One value a row: Postgres asks it of each incident found, and never goes through all that somebody sees.
_SEEN = """(SELECT TRUE FROM missingcases_audiencerow a
    WHERE a.incident_id = {incident} AND a.revoked_at IS NULL AND a.principal = ANY(%s::text[])
    AND a.kind = ANY(%s::text[]) LIMIT 1)"""


class KnownTo(Func):
    """Of incidents those that the actor may know of: `incidents_visible_to`, of few found otherwise."""

    output_field = BooleanField()

    def __init__(self, actor: Actor) -> None:
        super().__init__(F("pk"))
        self.asked = (sorted(principals_of(actor)), sorted(AudienceKind.values))

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition, with its values in order. The key has none of its own."""
        return _SEEN.format(incident=compiler.compile(self.source_expressions[0])[0]), self.asked


class RecordSeenBy(Func):
    """Of incidents those whose record the actor sees: `records_visible_to`, where few are found otherwise.

    As a join it took Postgres longer to plan than to answer, and found among all that a force sees.
    """

    output_field = BooleanField()

    def __init__(self, actor: Actor) -> None:
        super().__init__(F("pk"))
        keys = keys_of(actor)
        self.asked = (keys["keys"], keys["kinds"])

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition, with its values in order. The key has none of its own."""
        return _SEEN.format(incident=compiler.compile(self.source_expressions[0])[0]), self.asked
