"""Tables of figures and drawings of them: a drawing never stands without its table."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from foundation.charts import svg
from foundation.tables import Cell, Chart, Hidden, Table, said

register = template.Library()
# `{{ cell|said }}`: a `foundation.tables.Cell` as tables say it.
register.filter("said", said)


@register.inclusion_tag("components/figures.html")
def show_table(table: Table, hide_caption: bool = False) -> dict[str, Any]:
    """`{% show_table table %}`: a `foundation.tables.Table`, its words where it is empty, and its note."""
    numeric = table.numeric
    return {
        "table": table,
        "hide_caption": hide_caption,
        "columns": [
            {"label": label, "numeric": is_numeric}
            for label, is_numeric in zip(table.headings, numeric, strict=True)
        ],
        "rows": [
            [_cell(cell, is_numeric) for cell, is_numeric in zip(row, numeric, strict=True)]
            for row in table.rows
        ],
    }


def _cell(cell: Cell, is_numeric: bool) -> str | dict[str, Any]:
    words = said(cell)
    is_number = is_numeric or (isinstance(cell, int | Hidden) and not isinstance(cell, bool))
    return {"text": words, "numeric": True} if is_number else words


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
