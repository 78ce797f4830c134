"""An incident as a row of a list. Written here, as a template takes several times as long for thirty."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.ui.templatetags import ui
from missingcases import schemes
from missingcases.models import Incident
from missingcases.selectors import Due

_ROW = (
    '<tr class="govuk-table__row">'
    '<th scope="row" class="govuk-table__header">'
    '<a class="govuk-link" href="{}">{}</a>, {}<br><span class="hb-quiet">{}{}</span></th>'
    '<td class="govuk-table__cell" data-label="Status and risk">{} {}{}</td>'
    '<td class="govuk-table__cell" data-label="Reported">{}</td>'
    '<td class="govuk-table__cell" data-label="Due next">{}</td></tr>'
)


def row(incident: Incident, due: Due | None, *, show_owner: bool, beside: str) -> SafeString:
    """One row; `beside` is the address of the list, which those of its incidents begin with."""
    status = schemes.status_label(incident.scheme, incident.status)
    unit = incident.owner if show_owner else incident.owner_unit
    return format_html(
        _ROW,
        f"{beside}{incident.reference}/",
        incident.person.full_name,
        "age not known" if incident.age_at_report is None else incident.age_at_report,
        incident.reference,
        f", {unit.name}" if unit is not None else "",
        ui.tag(incident.status, status),
        risk(incident, status),
        format_html(" {}", ui.tag("restricted", "Restricted", "danger")) if incident.is_restricted else "",
        ui.said_time(incident.reported_at),
        _due(incident, due),
    )


def _due(incident: Incident, due: Due | None) -> SafeString | str:
    if due is not None:
        return format_html("{}<br>{}", due.words, ui.deadline(due.at))
    return "To be graded" if incident.is_open and not incident.risk_level else "Nothing"


def risk(incident: Incident, status: str) -> str:
    """The tag of the risk; none where the status says the same, as for a very low risk."""
    if not incident.risk_level:
        return ui.tag("not_graded", "Not graded", "attention" if incident.is_open else "neutral")
    words = schemes.risk_label(incident.scheme, incident.risk_level)
    return "" if words == status else ui.tag(incident.risk_level, words)
