"""The boards as tables and drawings: the page, the paper and the files are made of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.tables import HIDDEN_NOTE, Cell, Chart, Hidden, Series, Table
from foundation.ui.timing import duration
from reports.boards.clocks import CLOCKS
from reports.boards.counting import Tally, apart, by_group
from reports.boards.kinds import Clock
from reports.boards.sides import Side
from reports.boards.telling import Told, told, whole
from reports.boards.weeks import Week

WEEKS_SHOWN = 8
_COUNTS = ("Kept", "Missed", "Running", "No longer owed")
_TIMES = ("Median time taken", "Median lateness", "Worst lateness")
_PERCENT = "Kept, %"


@dataclass(frozen=True, slots=True)
class ClockBoard:
    """One clock of one week: in all and by group, and how it stood in the weeks before."""

    clock: Clock
    told: Told
    groups: Table | None
    weeks: Table
    chart: Chart


def clocks_read_by(side: Side) -> tuple[Clock, ...]:
    """The clocks of one side, in the order of the page."""
    return tuple(one for one in CLOCKS if side.reads(one))


def overview(side: Side, week: Week, *, now: datetime, for_file: bool = False) -> Table:
    """Every clock of a side in one week, one row each. One query."""
    clocks = clocks_read_by(side)
    found = _protected(clocks, side, (week,), now=now)
    rows = [(clock.label, *_cells(found[clock.key, week, ""], for_file)) for clock in clocks]
    return _table("clocks", f"Clocks due {week.words}", "Clock", rows, for_file)


def clock_board(clock: Clock, side: Side, week: Week, *, now: datetime, for_file: bool = False) -> ClockBoard:
    """One clock. Two queries at most, and one for the names of forces."""
    weeks = week.run_of(WEEKS_SHOWN)
    of_same = [
        one for one in clocks_read_by(side) if one == clock or (one.of_same and one.of_same == clock.of_same)
    ]
    found = _protected(of_same, side, weeks, now=now)
    lines = [(one, found[clock.key, one, ""]) for one in weeks]
    rows = [(f"Week of {one.monday:%-d %B %Y}", *_cells(line, for_file)) for one, line in lines]
    by_one = {
        group: one for (key, of, group), one in found.items() if (key, of) == (clock.key, week) and group
    }
    return ClockBoard(
        clock=clock,
        told=found[clock.key, week, ""],
        groups=_groups(clock, side, week, by_one, now=now, for_file=for_file),
        weeks=_table("weeks", f"The last {WEEKS_SHOWN} weeks", "Week", rows, for_file),
        chart=_chart(clock, lines),
    )


def _protected(
    clocks: Sequence[Clock], side: Side, weeks: tuple[Week, ...], *, now: datetime
) -> dict[tuple[str, Week, str], Told]:
    """Clocks by key, week and group as they are told, always with that of all groups (""). Every page that
    tells a number of a week hides the same of it: the forces of the week are looked at on each. One query."""
    tallies = apart(clocks, side, weeks, now=now)
    groups = sorted({group for _, _, group in tallies if group}) if side.kind == "national" else []
    found: dict[tuple[str, Week, str], Told] = {}
    for names in _of_same(clocks):
        first = next(one for one in clocks if one.key == names[0])
        knows = [one.key for one in clocks if one.known_to_force and side.kind == "force"]
        for week in weeks:
            here = {
                (key, group): tallies.get((key, week.monday, group), Tally())
                for key in names
                for group in ("", *groups)
                if not group or any((one, week.monday, group) in tallies for one in names)
            }
            one_by_one = told(
                here,
                fewest=side.fewest(first),
                in_confidence=first.fewest > 0,
                is_over=week.end <= now,
                knows=knows,
            )
            found |= {(key, week, group): one for (key, group), one in one_by_one.items()}
    return found


def _of_same(clocks: Sequence[Clock]) -> list[list[str]]:
    """Their keys, those of the same records together."""
    found: dict[str, list[str]] = {}
    for clock in clocks:
        found.setdefault(clock.of_same or clock.key, []).append(clock.key)
    return list(found.values())


def _groups(
    clock: Clock, side: Side, week: Week, forces: Mapping[str, Told], *, now: datetime, for_file: bool
) -> Table | None:
    heading = side.groups_of(clock)
    if not heading:
        return None
    names: dict[str, str] = {}
    if side.kind == "national":
        names = _forces()
        one_by_one = {group: forces.get(group, whole(Tally())) for group in names}
    else:
        one_by_one = {group: whole(one) for group, one in by_group(clock, side, week, now=now).items()}
    named = sorted((side.label_of(clock, group, names), group) for group in one_by_one)
    rows = [(label, *_cells(one_by_one[group], for_file)) for label, group in named]
    return _table("groups", f"By {heading[0].lower()}{heading[1:]}", heading, rows, for_file)


def _forces() -> dict[str, str]:
    rows = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE).values_list("pk", "name")
    return {str(key): name for key, name in rows}


def _table(key: str, title: str, first: str, rows: list[tuple[Cell, ...]], for_file: bool) -> Table:
    times = tuple(f"{one}, minutes" for one in _TIMES) if for_file else _TIMES
    note = HIDDEN_NOTE if any(isinstance(cell, Hidden) for row in rows for cell in row) else ""
    empty = "No clock of this kind was due in this week."
    return Table(key, title, (first, *_COUNTS, _PERCENT, *times), tuple(rows), empty, note)


def _cells(one: Told, for_file: bool) -> tuple[Cell, ...]:
    say = _minutes if for_file else _words
    times = (one.took, one.median_late, one.worst_late)
    return (one.kept, one.missed, one.running, one.not_owed, one.percent, *(say(span) for span in times))


def _words(span: timedelta | None) -> Cell:
    return None if span is None else duration(span.total_seconds())


def _minutes(span: timedelta | None) -> Cell:
    return None if span is None else round(span.total_seconds() / 60, 1)


def _chart(clock: Clock, lines: list[tuple[Week, Told]]) -> Chart:
    known = [(week, line.percent) for week, line in lines if isinstance(line.percent, float)]
    if known:
        week, percent = known[-1]
        sentence = f"{percent:.1f}% were kept in the week of {week.monday:%-d %B}, the last that can be told."
    else:
        sentence = "In none of these weeks can a share be told."
    return Chart(
        key=f"weeks-{clock.key}",
        title="Kept, of a hundred whose time was over",
        sentence=sentence,
        labels=tuple(f"{week.monday:%-d %b}" for week, _ in lines),
        series=(Series("Kept, %", tuple(line.percent for _, line in lines)),),
        kind="lines",
        place="Week of",
    )
