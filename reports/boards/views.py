"""Clocks kept and missed: all of one week, one of them in full, and both as files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from foundation import access
from foundation.requests import actor_of
from foundation.table_files import FILES
from foundation.tables import Cell, Table, said, spoken
from reports.boards import services
from reports.boards.board import ClockBoard, clock_board, clocks_read_by, overview
from reports.boards.clocks import BY_KEY
from reports.boards.kinds import Clock
from reports.boards.listing import SHOWN, Listed, listed
from reports.boards.sides import Side, side_of
from reports.boards.weeks import Week
from reports.policies import READERS

readers = access.roles(READERS)
WEEKS_OFFERED = 27
FIRST = Week.of(date(1990, 1, 1))  # nothing here is older
_OF = {
    "force": "of your force",
    "charity": "of your organisation's services",
    "national": "of every force, counted together",
}


@readers
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every clock of one week."""
    side, week, now = _asked(request)
    table = overview(side, week, now=now)
    clocks = clocks_read_by(side)
    rows = [
        {"label": clock.label, "href": _at("boards:clock", week, clock.key), "cells": _shown(table, place)}
        for place, clock in enumerate(clocks)
    ]
    context = _framed(side, week, now) | {"table": table, "rows": rows, "clocks": clocks}
    return render(request, "reports/boards/board.html", context)


@readers
@never_cache
@require_GET
def clock(request: HttpRequest, key: str) -> HttpResponse:
    """One clock of one week: by team, in the weeks before, and the records that somebody may open."""
    side, week, now = _asked(request)
    one = _clock(side, key)
    found = clock_board(one, side, week, now=now)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "missed"
    lines = listed(actor_of(request), one, side, week, show=show, now=now)
    if lines.keys:
        services.record_listed(actor=actor_of(request), clock=one.key, keys=lines.keys)
    context = _framed(side, week, now) | _clock_context(side, found, lines, show)
    return render(request, "reports/boards/clock.html", context)


def _clock_context(side: Side, found: ClockBoard, lines: Listed, show: str) -> dict[str, Any]:
    return {
        "board": found,
        "clock": found.clock,
        "lines": lines,
        "opens": side.opens(found.clock),
        "fewest": side.fewest(found.clock),
        "show": show,
        "shown": SHOWN if side.opens(found.clock) else {},
    }


@readers
@never_cache
@require_GET
def board_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Every clock of one week as a file."""
    side, week, now = _asked(request)
    return _file(request, side, week, now, kind, "clocks", [overview(side, week, now=now, for_file=True)])


@readers
@never_cache
@require_GET
def clock_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """One clock of one week as a file."""
    side, week, now = _asked(request)
    one = _clock(side, key)
    found = clock_board(one, side, week, now=now, for_file=True)
    tables = [table for table in (found.groups, found.weeks) if table is not None]
    return _file(request, side, week, now, kind, one.key, tables, one)


def _file(
    request: HttpRequest,
    side: Side,
    week: Week,
    now: datetime,
    kind: str,
    name: str,
    tables: list[Table],
    one: Clock | None = None,
) -> HttpResponse:
    if kind not in FILES:
        raise Http404
    about: list[list[Cell]] = [
        ["Clocks kept and missed", _OF[side.kind]],
        ["Week", week.words],
        ["Counted at", spoken(now)],
    ]
    if one is not None:
        about.append([one.label, one.means])
    services.record_exported(actor=actor_of(request), what=name)
    content_type, write = FILES[kind]
    answer = HttpResponse(write(about, tables), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{week.monday}.{kind}"'
    return answer


def _asked(request: HttpRequest) -> tuple[Side, Week, datetime]:
    side, now = side_of(actor_of(request)), timezone.now()
    if side is None:
        raise Http404
    return side, _week(request.GET.get("week", ""), now), now


def _week(raw: str, now: datetime) -> Week:
    """The week of the day that is asked for; the one going on where it is none, or is still to come."""
    current = Week.now(now)
    try:
        asked = Week.of(date.fromisoformat(raw))
    except (ValueError, OverflowError):
        return current
    return min(asked, current) if asked >= FIRST else current


def _clock(side: Side, key: str) -> Clock:
    found = BY_KEY.get(key)
    if found is None or not side.reads(found):
        raise Http404
    return found


def _framed(side: Side, week: Week, now: datetime) -> dict[str, Any]:
    current = Week.now(now)
    offered = {*current.run_of(WEEKS_OFFERED), week}
    return {
        "week": week,
        "weeks": sorted(offered, reverse=True),
        "before": week.earlier(),
        "after": None if week == current else week.earlier(-1),
        "is_current": week == current,
        "whose": _OF[side.kind],
        "now": now,
    }


def _at(name: str, week: Week, *args: str) -> str:
    return f"{reverse(name, args=args)}?week={week.monday}"


def _shown(table: Table, place: int) -> list[tuple[str, str]]:
    cells = list(zip(table.headings, table.rows[place], strict=True))
    return [(heading, said(cell)) for heading, cell in cells[1:]]
