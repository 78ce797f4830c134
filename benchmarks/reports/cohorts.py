"""Cohort search over the notes of ten thousand to a million incidents, beside ILIKE over the same notes.

Both answer which incidents the same reader may see a hit in, with the same sight asked of each row; ILIKE is
asked for each form by itself, as it knows no forms of a word. The incidents that have hits stay as many
while all others grow; of a hundred other notes two have *county* and three *line*, apart: Postgres reads
again those that have both. Then the same within a frozen cohort of 261. `python -m benchmarks.reports.cohorts
[--rows 10000,100000,1000000]` beside `dev.py services`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
COHORT = 261
ROWS = (10_000, 100_000, 1_000_000)
TERMS = (
    "county lines, going country\ntrap house, trap houses\nplugging near drugs within 6\nsexually exploited"
)
PEER = ("county lines", "going country", "trap house", "plugging", "sexually exploited")
RATIO, GROWTH = 50.0, 10.0
_TURNS = 9


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seen: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what:<44} {self.seen}  {'holds' if self.holds else 'MISSED'}"


def run(sizes: Sequence[int] = ROWS) -> list[Row]:
    """The lines of the table; the notes are made here, in a database that is thrown away."""
    world = _World()
    rows, firsts = [], {}
    for size in sizes:
        world.grow(size)
        for what, ours, peer in world.searches():
            took, found = _timed(ours, _TURNS)
            peer_took, peer_found = _timed(peer, 3 if size < ROWS[-1] else 1)
            first = firsts.setdefault(what, took)
            is_index = "Seq Scan on missingcases_note" not in world.plan(what)
            ratio, growth = peer_took / took, took / first
            same = found == peer_found
            told = (
                f"{size:>9,} incidents: {took * 1000:7.1f} ms, ILIKE {peer_took * 1000:9.1f} ms, "
                f"{ratio:6.0f}x; {growth:.1f}x the smallest; {len(found)} incidents"
                f"{'' if is_index else ', NO INDEX'}{'' if same else ', ANOTHER ANSWER'}"
            )
            is_largest = size == sizes[-1]
            fast = ratio >= RATIO or not is_largest or what == "within a cohort"
            rows.append(Row(what, told, is_index and same and fast and growth <= GROWTH))
    return rows


def _timed(run: Callable[[], set[int]], turns: int) -> tuple[float, set[int]]:
    took, found = [], set()
    for _ in range(turns):
        begun = time.perf_counter()
        found = run()
        took.append(time.perf_counter() - begun)
    return statistics.median(took), found


class _World:
    """One force with a coordinator, whose incidents grow; hits are in the first ten thousand alone."""

    def __init__(self) -> None:
        from foundation.accounts.enums import OrganisationKind, Role
        from reports.cohorts import services
        from tests.cast import member, organisation

        met = organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")
        self.lead = member("bench.lead@met.example", "Lead", met, Role.POLICE_COORDINATOR)
        self.actor, self.met, self.have = self.lead.actor, met, 0
        name = f"Bench {time.time_ns()}"
        self.version = services.write_list(actor=self.actor, name=name, language="en", terms=TERMS)

    def grow(self, size: int) -> None:
        """Add incidents until there are `size`; the index of words is made anew, as after a load."""
        from django.db import connection

        given = {"low": self.have + 1, "high": size, "met": self.met.pk, "lead": self.lead.user.pk}
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'note_by_words'")
            (made,) = cursor.fetchone()
            cursor.execute("DROP INDEX note_by_words")
            for statement in _GROWING:
                cursor.execute(statement, given)
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(made)
            for table in ("note", "incident", "audiencerow", "missingperson"):
                cursor.execute(f"VACUUM ANALYZE missingcases_{table}")
        self.have = size

    def searches(self) -> Iterable[tuple[str, Callable[[], set[int]], Callable[[], set[int]]]]:
        """Each search by its name: ours, and ILIKE."""
        from missingcases.models import Incident

        references = [f"BI-{number}" for number in range(1, COHORT + 1)]
        cohort = list(Incident.objects.filter(reference__in=references).values_list("pk", flat=True))
        yield "in all notes", lambda: _ids(self.ours()), lambda: _ids(self.peer())
        yield (
            "within a cohort",
            lambda: _ids(self.ours().filter(incident_id__in=cohort)),
            lambda: _ids(self.peer().filter(incident_id__in=cohort)),
        )

    def ours(self) -> Any:
        """The search of the product."""
        from reports.cohorts.selectors.searching import notes_with

        return notes_with(self.actor, [self.version]).order_by()

    def peer(self) -> Any:
        """ILIKE for each form, with the same sight."""
        from django.db.models import Q

        from missingcases.models import Note
        from missingcases.selectors.opening import Readable

        wanted = Q()
        for form in PEER:
            wanted |= Q(text__icontains=form)
        return Note.objects.filter(wanted).filter(Readable(self.actor)).order_by()

    def plan(self, what: str) -> str:
        """How Postgres goes about ours."""
        rows = self.ours()
        if what == "within a cohort":
            rows = rows.filter(incident_id__in=list(range(1, COHORT + 1)))
        return str(rows.explain())


def _ids(notes: Any) -> set[int]:
    return set(notes.values_list("incident_id", flat=True))


_TEXTS = """(ARRAY[
    'Left home after an argument with her mother. Thought to be with friends. No concerns of the school.',
    'Spoke to the carer on the telephone number given. Often goes to the park with his sister.',
    'Checked custody, hospitals, the bus station. The phone goes to voicemail. Neighbour seen.',
    'Returned of his own accord. Said that he had been at the house of a friend and had lost track of time.'
])[1 + g %% 4] || ' Entry ' || g || ' of the log'
    || CASE WHEN g %% 50 = 7 THEN ' by the county control room' ELSE '' END
    || CASE WHEN g %% 33 = 5 THEN '. No new line of enquiry' ELSE '' END
    || ': unit ' || (g %% 97) || ', call ' || (g %% 8191) || '. '"""
_HITS = """(ARRAY['Believed to be going country again.', 'Found at a trap house.', 'Linked to county lines.',
    'Suspected of plugging drugs.', 'She was sexually exploited by older men.'])[1 + g %% 5]"""
_SPAN = "FROM generate_series(%(low)s::bigint, %(high)s::bigint) g"
_GROWING = (
    f"""INSERT INTO missingcases_missingperson (reference, organisation_id, given_names, family_name,
        name_key, sex, version, created_at, updated_at)
        SELECT 'BP-' || g, %(met)s, 'Given', 'Family', '', 'not_known', 1, now(), now() {_SPAN}""",
    f"""INSERT INTO missingcases_incident (reference, person_id, owner_id, force_reference, cad_reference,
        pnc_reference, ukmpu_reference, scheme, status, risk_level, reported_at, last_seen_place,
        looked_after, found_by, disclose_location, outcome, harm, death_type, place_found, cancel_reason,
        is_restricted, starts_held, version, created_at, updated_at)
        SELECT 'BI-' || g, p.id, %(met)s, '', '', '', '', 'app_current', 'reported', '',
        now() - g * interval '5 minutes', '', 'not_known', '', '', '', '{{}}', '', '', '', false, false, 1,
        now(), now() {_SPAN} JOIN missingcases_missingperson p ON p.reference = 'BP-' || g""",
    f"""INSERT INTO missingcases_audiencerow (incident_id, kind, principal, organisation_id, desk, status,
        is_open, risk_rank, reported_at, updated_at, change, change_xid, granted_at)
        SELECT i.id, 'owner', 'o:' || %(met)s, %(met)s, '', 'reported', true, 2, i.reported_at, now(), g,
        pg_current_xact_id()::text::bigint, now() {_SPAN}
        JOIN missingcases_incident i ON i.reference = 'BI-' || g""",
    f"""INSERT INTO missingcases_note (incident_id, organisation_id, audience, named_user_ids, text,
        is_significant, author_id, created_at)
        SELECT i.id, %(met)s, 'owner', '{{}}',
        {_TEXTS} || CASE WHEN g <= {COHORT} AND g %% 3 = 0 THEN {_HITS} ELSE 'Enquiries go on.' END,
        false, %(lead)s, now() {_SPAN} JOIN missingcases_incident i ON i.reference = 'BI-' || g""",
)


def main(arguments: list[str]) -> int:
    """Print the lines; not 0 where one was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", default=",".join(map(str, ROWS)))
    sizes = [int(one.replace("_", "")) for one in parser.parse_args(arguments).rows.split(",")]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    rows = run(sizes)
    for row in rows:
        sys.stdout.write(f"{row}\n")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
