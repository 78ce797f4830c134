"""A report as a file: PDF, CSV or Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.http import Http404, HttpResponse

from foundation.printing.figures import print_tables
from foundation.table_files import CSV, XLSX, as_csv, as_xlsx
from foundation.tables import Cell, Chart, Table, spoken

_PDF = "application/pdf"


class Shown(Protocol):
    """What both a live and a frozen report are."""

    @property
    def title(self) -> str: ...
    @property
    def facts(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def lines(self) -> tuple[str, ...]: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...
    @property
    def charts(self) -> tuple[Chart, ...]: ...
    @property
    def made_at(self) -> datetime: ...


def answer(
    kind: str, name: str, about: Sequence[Sequence[Cell]], found: Shown, *, reference: str = ""
) -> HttpResponse:
    """The file to be saved. Raises `Http404` for another kind, `NotPrinted`."""
    lines = [*about, *([line] for line in found.lines)]
    if kind == "csv":
        content, content_type = as_csv(lines, found.tables), CSV
    elif kind == "xlsx":
        content, content_type = as_xlsx(lines, found.tables), XLSX
    elif kind == "pdf":
        content, content_type = _paper(found, reference), _PDF
    else:
        raise Http404
    made = HttpResponse(content, content_type=content_type)
    made["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return made


def _paper(found: Shown, reference: str) -> bytes:
    return print_tables(
        found.title,
        found.facts,
        found.tables,
        found.charts,
        reference=reference,
        made=f"Counted {spoken(found.made_at)}, London time.",
        lines=found.lines,
    )
