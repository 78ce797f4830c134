"""Tags for what an include would make clumsy: times, deadlines, statuses, refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from foundation import contributions
from foundation.ui import languages, timing, tones
from foundation.ui.reach import can_open

register = template.Library()
_SAID = '<time class="hb-said" datetime="{}" title="{}">{}</time>'
_SAID_AGO = (
    f'{_SAID} <span class="hb-said hb-said__ago">(<span data-clock="ago" data-at="{{}}">{{}}</span>)</span>'
)


@register.simple_tag
def public_path(path: str) -> str:
    """`{% public_path "/privacy/" %}`: of a page of the public site, in the language of this one."""
    return languages.path_in(path, welsh=languages.is_welsh())


@register.simple_tag(takes_context=True)
def announced(context: dict[str, Any]) -> SafeString:
    """`{% announced %}`: what services say on every public page; in a finished one its place."""
    if context.get("announced_later"):
        return SafeString(languages.ANNOUNCED_LATER)
    return contributions.announced(languages.WELSH if languages.is_welsh() else "en")


@register.simple_tag
def said_time(value: datetime | None, ago: bool = True, empty: str = "Not known") -> SafeString | str:
    """`{% said_time incident.reported_at %}`: "today at 03:12 (2 hours ago)", kept true while open."""
    if value is None:
        return empty
    now = timezone.now()
    at, full, said = _iso(value), timing.full_moment(value), timing.said_moment(value, now)
    if not ago or value > now:
        return format_html(_SAID, at, full, said)
    return format_html(_SAID_AGO, at, full, said, at, timing.ago(value, now))


@register.simple_tag
def said_date(value: date | datetime | None, empty: str = "Not known") -> SafeString | str:
    """`{% said_date person.last_seen_on %}`: "yesterday", "4 November 2024"."""
    if value is None:
        return empty
    day = timezone.localdate(value) if isinstance(value, datetime) else value
    said = timing.said_date(day, timezone.localdate())
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", said)


@register.simple_tag
def deadline(
    value: datetime | None, done: bool = False, soon_minutes: int = 60, empty: str = ""
) -> SafeString | str:
    """`{% deadline action.due_at done=action.is_done %}`: "Due in 40 minutes" / "Overdue by 2 hours"."""
    if value is None:
        return empty
    now = timezone.now()
    when = timing.said_moment(value, now)
    if done:
        shown = '<span class="hb-deadline__at">was due <time datetime="{}">{}</time></span>'
        return format_html(shown, _iso(value), when)
    return format_html(
        '<span class="hb-deadline"><strong class="govuk-tag govuk-tag--{}" data-clock="due" data-at="{}" '
        'data-soon="{}">{}</strong> <time class="hb-deadline__at" datetime="{}">{}</time></span>',
        timing.due_colour(value, now, timedelta(minutes=soon_minutes)),
        _iso(value),
        soon_minutes * 60,
        timing.due(value, now),
        _iso(value),
        when,
    )


@register.simple_tag
def tag(value: object, label: str = "", tone: str = "") -> SafeString | str:
    """`{% tag incident.state label=incident.get_state_display %}`; `tone` overrules `settings.UI_TONES`."""
    if value in {None, ""} and not label:
        return ""
    return _tag(tones.colour_of(value, tone), str(label or tones.label_of(value)))


@lru_cache(maxsize=500, typed=True)
def _tag(colour: str, words: str) -> SafeString:
    """Kept, as a list shows the same few in all of its rows; by type too, as safe words are not escaped."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """`<a href="{% query after=cursor %}">`: the present query string with changes; None takes a key away."""
    pairs = context["request"].GET.copy()
    for key, value in changes.items():
        pairs.pop(key, None)
        if value is not None and value != "":
            pairs[key] = str(value)
    return "?" + urlencode(list(pairs.lists()), doseq=True)


@register.inclusion_tag("components/post_button.html")
def post_button(
    text: str,
    action: str,
    refusal: object = None,
    style: str = "",
    hidden: dict[str, object] | None = None,
    next: str = "",
) -> dict[str, object]:
    """`{% post_button "Claim" url refusal=claim_refusal %}`: one button that posts by itself."""
    return {
        "text": text,
        "action": action,
        "refusal": refusal,
        "style": style,
        "hidden": hidden or {},
        "next": next,
    }


@register.simple_tag
def qr(text: str, title: str) -> SafeString:
    """`{% qr totp_url title="…" %}`: a QR code as inline SVG, so that no secret is ever an address."""
    import segno  # drawn when a second factor is set up, and slow to load

    drawn = SafeString(segno.make(text, error="m").svg_inline(scale=4, border=4, light="#fff", omitsize=True))
    return format_html('<div class="hb-qr" role="img" aria-label="{}">{}</div>', title, drawn)


@register.simple_tag(takes_context=True, name="can_open")
def can_open_tag(context: dict[str, Any], name: str, *args: object) -> bool:
    """`{% can_open "messaging:switches" as may %}{% if may %}`: whether it would open here."""
    return can_open(context["request"].actor, name, *args)


@register.filter
def or_not_recorded(value: object) -> object:
    """`{{ incident.height|or_not_recorded }}`: "Not recorded" for an empty answer; 0 and False stay."""
    return "Not recorded" if value is None or value in ("", [], ()) else value


@register.filter
def said_code(value: object) -> str:
    """`{{ row.action|said_code }}`: "Incident: sheet printed" for `incident.sheet_printed`."""
    return ": ".join(str(value).split(".")).replace("_", " ").capitalize()


@register.filter
def said_hours(hours: int) -> str:
    """`{{ row.return_after|said_hours }}`: "7 days" for 168, "36 hours" where no whole days are meant."""
    days, rest = divmod(hours, 24)
    if rest or not days:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    return f"{days} day{'' if days == 1 else 's'}"


@register.filter
def capped(count: int, limit: int = 1000) -> str:
    """`{{ count|capped }}`: "1,000+" for a capped count that reached past its limit."""
    return f"{limit:,}+" if count > limit else f"{count:,}"


@register.simple_tag(takes_context=True)
def cursor_query(context: dict[str, Any], name: str, cursor: object, other: str) -> str:
    """The address of the next page one way; the cursor of the other way goes."""
    return query(context, **{name: cursor, other: None})


@register.filter
def column_label(columns: list[dict[str, Any]], index: int) -> str:
    """The label of a column by its place, for cells that carry their heading on a phone."""
    return str(columns[index]["label"]) if index < len(columns) else ""


@register.filter
def cell_text(cell: object) -> object:
    """The text of a table cell given as plain text or as a dict with `text`."""
    return cell.get("text", "") if isinstance(cell, dict) else cell


def _iso(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
