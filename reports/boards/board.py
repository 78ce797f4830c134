"""The boards as tables and drawings: the page, the paper and the files are made of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.tables import HIDDEN_NOTE, Cell, Chart, Hidden, Series, Table
from foundation.ui.timing import duration
from reports.boards.clocks import CLOCKS
from reports.boards.counting import Tally, by_group, by_week, counted
from reports.boards.kinds import Clock
from reports.boards.sides import Side
from reports.boards.telling import Told, told
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
    tallies = counted(clocks, side, week, now=now)
    rows: list[tuple[Cell, ...]] = []
    for clock in clocks:
        one = told({clock.key: tallies.get(clock.key, Tally())}, fewest=side.fewest(clock))[clock.key]
        rows.append((clock.label, *_cells(one, for_file)))
    return _table("clocks", f"Clocks due {week.words}", "Clock", rows, for_file)


def clock_board(clock: Clock, side: Side, week: Week, *, now: datetime, for_file: bool = False) -> ClockBoard:
    """One clock. Two queries, and one for the names of forces."""
    weeks = week.run_of(WEEKS_SHOWN)
    fewest = side.fewest(clock)
    before = by_week(clock, side, weeks, now=now)
    shown = told({one.monday.isoformat(): tally for one, tally in before.items()}, fewest=fewest)
    lines = [(one, shown[one.monday.isoformat()]) for one in weeks]
    rows = [(f"Week of {one.monday:%-d %B %Y}", *_cells(line, for_file)) for one, line in lines]
    return ClockBoard(
        clock=clock,
        told=shown[week.monday.isoformat()],
        groups=_groups(clock, side, week, before[week], now=now, for_file=for_file),
        weeks=_table("weeks", f"The last {WEEKS_SHOWN} weeks", "Week", rows, for_file),
        chart=_chart(clock, lines),
    )


def _groups(
    clock: Clock, side: Side, week: Week, total: Tally, *, now: datetime, for_file: bool
) -> Table | None:
    heading = side.groups_of(clock)
    if not heading:
        return None
    tallies = by_group(clock, side, week, now=now)
    one_by_one = told(tallies, fewest=side.fewest(clock), total=total)
    names = _forces() if side.kind == "national" else {}
    named = sorted((side.label_of(clock, group, names), group) for group in tallies)
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
