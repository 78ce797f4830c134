"""Tables of figures and drawings of them: a drawing never stands without its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from foundation.charts import svg
from foundation.tables import Cell, Cells, Chart, Table, is_number, said

register = template.Library()
# `{{ cell|said }}`: a `foundation.tables.Cell` as tables say it.
register.filter("said", said)
_ALL = "all"


@register.inclusion_tag("components/figures.html")
def show_table(table: Table, hide_caption: bool = False, label: str = "") -> dict[str, Any]:
    """`{% show_table table %}`: a `foundation.tables.Table`, its words where it is empty, and its note.

    One of numbers stays a table on a phone and scrolls within itself; one of words becomes cards. Where the
    first of two columns of words repeats itself, its words stand above their rows. `label` is what the
    part that scrolls is called, where that is not the title.
    """
    numeric = table.numeric
    is_of_numbers = _is_of_numbers(table)
    groups = _groups(table) if is_of_numbers else [("", table.rows)]
    from_column = len(table.headings) - len(groups[0][1][0]) if table.rows else 0
    columns = [
        {"label": label, "numeric": is_numeric or _is_mostly_numbers([row[at] for row in table.rows])}
        for at, (label, is_numeric) in enumerate(zip(table.headings, numeric, strict=True))
    ][from_column:]
    shown = [
        (
            f"{table.headings[0]}: {words}" if words else "",
            [
                [_cell(cell, is_numeric) for cell, is_numeric in zip(row, numeric[from_column:], strict=True)]
                for row in rows
            ],
        )
        for words, rows in groups
    ]
    return {
        "table": table,
        "hide_caption": hide_caption,
        "label": label or table.title,
        "is_of_numbers": is_of_numbers,
        "columns": columns,
        "groups": shown,
        "rows": shown[0][1],
    }


@register.inclusion_tag("components/folded_figures.html", takes_context=True)
def show_folded(context: Context, tables: Iterable[Table]) -> dict[str, Any]:
    """`{% show_folded tables %}`: each table folded away under its title, and a link that opens all of them.

    For a page that would else be many screens long on a phone. One on a page.
    """
    query = context["request"].GET.copy()
    is_open = query.pop(_ALL, None) is not None
    if not is_open:
        query[_ALL] = "open"
    return {
        "tables": tables,
        "is_open": is_open,
        "href": f"?{query.urlencode()}#figures",
    }


def _cell(cell: Cell, is_numeric: bool) -> str | dict[str, Any]:
    words = said(cell)
    return {"text": words, "numeric": True} if is_numeric or is_number(cell) else words


def _is_of_numbers(table: Table) -> bool:
    """Whether most of what stands beside the first column is a number, or in the place of one."""
    return _is_mostly_numbers([cell for row in table.rows for cell in row[1:]])


def _is_mostly_numbers(cells: Sequence[Cell]) -> bool:
    return sum(cell is None or is_number(cell) for cell in cells) * 2 > len(cells)


def _groups(table: Table) -> list[tuple[str, Sequence[Cells]]]:
    """The rows beneath the words that they share, without these; one group without words where none do."""
    words = list(dict.fromkeys(said(row[0]) for row in table.rows))
    if table.numeric[:2] != (False, False) or len(words) == len(table.rows):
        return [("", table.rows)]
    return [(one, [row[1:] for row in table.rows if said(row[0]) == one]) for one in words]


@register.inclusion_tag("components/chart.html")
def bar_chart(chart: Chart) -> dict[str, Any]:
    """`{% bar_chart chart %}`: lying bars, and the same as a table beneath."""
    return _drawn(chart, "bars")


@register.inclusion_tag("components/chart.html")
def line_chart(chart: Chart) -> dict[str, Any]:
    """`{% line_chart chart %}`: a line for each series, and the same as a table beneath."""
    return _drawn(chart, "lines")


@register.inclusion_tag("components/chart.html")
def show_chart(chart: Chart) -> dict[str, Any]:
    """`{% show_chart chart %}`: bars or lines, as the chart says."""
    return _drawn(chart, chart.kind)


def _drawn(chart: Chart, kind: str) -> dict[str, Any]:
    shown = Chart(chart.key, chart.title, chart.sentence, chart.labels, chart.series, kind, chart.place)
    # Every word in it was escaped where it was put into the drawing.
    drawing = SafeString(svg(shown, name=f"chart-{shown.key}"))
    return {"chart": shown, "drawing": drawing if shown.tells else ""}
