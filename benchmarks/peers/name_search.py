"""Looking a name up in Postgres as others do, among the people whose incidents a force sees.

`metaphone`: the sounds of the words of a name in an array under GIN, any of them, sorted by word similarity
(as Primero, the case system of UNICEF, does). `trigram`: `pg_trgm` under GIN at its default threshold of 0.3,
as its documentation has it. Both are plain statements with the product's own rule of sight.
"""

from __future__ import annotations

from django.db import connection

MOST = 20
_SEEN = """EXISTS (SELECT FROM missingcases_incident i JOIN missingcases_audiencerow a ON a.incident_id = i.id
    WHERE i.person_id = p.id AND a.principal = %(key)s AND a.revoked_at IS NULL AND a.kind <> 'release')"""
_TOKENS = (
    "(SELECT array_agg(dmetaphone(word)) FROM regexp_split_to_table({name}, '[^a-z]+') word WHERE word <> '')"
)
_METAPHONE = f"""SELECT p.name_key FROM bench_sounds s JOIN missingcases_missingperson p ON p.id = s.person_id
    WHERE s.sounds && %(sounds)s::text[] AND {_SEEN}
    ORDER BY word_similarity(%(name)s, p.name_key) DESC LIMIT {MOST}"""
_TRIGRAM = f"""SELECT p.name_key FROM missingcases_missingperson p
    WHERE p.name_key %% %(name)s AND {_SEEN}
    ORDER BY similarity(p.name_key, %(name)s) DESC LIMIT {MOST}"""


def prepare() -> None:
    """The peer's own table of sounds, and its threshold."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch")
        cursor.execute("DROP TABLE IF EXISTS bench_sounds")
        cursor.execute(
            "CREATE TABLE bench_sounds AS"
            f" SELECT p.id AS person_id, {_TOKENS.format(name='p.name_key')} AS sounds"
            " FROM missingcases_missingperson p"
        )
        cursor.execute("CREATE INDEX ON bench_sounds USING gin (sounds)")
        cursor.execute("VACUUM (ANALYZE) bench_sounds")
        cursor.execute("SET pg_trgm.similarity_threshold = 0.3")


def metaphone(key: str, name: str) -> list[str]:
    """The names found, likest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_TOKENS.format(name='%s')}", [name])
        cursor.execute(_METAPHONE, {"sounds": cursor.fetchone()[0] or [], "name": name, "key": key})
        return [row[0] for row in cursor.fetchall()]


def trigram(key: str, name: str) -> list[str]:
    """The names found, likest first."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGRAM, {"name": name, "key": key})
        return [row[0] for row in cursor.fetchall()]


def three_hundred_buffers() -> None:
    """What looking anything up cannot be quicker than: a statement, and three hundred pages of a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT count(*) FROM missingcases_incident WHERE ctid < '(300,0)'::tid")
        cursor.fetchone()
