"""The feed as Atom (RFC 4287), with tombstones (RFC 6721) and pages (RFC 5005).

Written as text: an entry is made of a few known parts, and a newsroom asks every minute.
"""

from __future__ import annotations

from appeals.public.outlets import entries
from appeals.public.outlets.entries import stamp, xml
from appeals.public.outlets.reading import Page, Row

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_XHTML = "http://www.w3.org/1999/xhtml"


def written(page: Page, *, here: str, first: str, behind: str, now: float) -> bytes:
    """The document. `here`, `first` and `behind` are where this page is, the newest and the next older."""
    updated = max((row.changed_at for row in page.rows), default=page.outlet_since)
    links = f'<link rel="self" href="{xml(here)}"/><link rel="first" href="{xml(first)}"/>'
    if behind:
        links += f'<link rel="next" href="{xml(behind)}"/>'
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" '
        'xml:lang="en">'
        f"<id>{xml(entries.tag_uri('appeals'))}</id><title>{entries.TITLE}</title>"
        f"<updated>{stamp(updated)}</updated><author><name>Missing people helpline 116 000</name></author>"
        f"{links}\n"
    )
    body = "".join(entry(row, now) if row.is_live else _tombstone(row) for row in page.rows)
    return f"{head}{body}</feed>\n".encode()


def _tombstone(row: Row) -> str:
    """That it is gone: the same whatever ended it."""
    return f'<at:deleted-entry ref="{xml(entries.tag_uri(row.reference))}" when="{stamp(row.left_at)}"/>\n'


def entry(row: Row, now: float) -> str:
    """What may be shown, with its words as XHTML."""
    embargo, picture = "", entries.picture_of(row, now)
    if row.embargo_until:
        embargo = (
            f'<category scheme="{xml(entries.tag_uri("embargo-until"))}" term="{stamp(row.embargo_until)}" '
            'label="Embargo"/>'
        )
    enclosure = ""
    if picture:
        enclosure = (
            f'<link rel="enclosure" type="{picture.content_type}" length="{picture.size}" '
            f'href="{xml(picture.address)}" title="{xml(row.shown[entries.language_of(row)]["alt_text"])}"/>'
        )
    return (
        f"<entry><id>{xml(entries.tag_uri(row.reference))}</id>"
        f'<title xml:lang="{entries.language_of(row)}">{xml(entries.title_of(row))}</title>'
        f"<published>{stamp(row.live_at)}</published><updated>{stamp(row.updated_at)}</updated>"
        f'<link rel="alternate" type="text/html" href="{xml(entries.page_of(row))}"/>{enclosure}{embargo}'
        f'<content type="xhtml"><div xmlns="{_XHTML}">{words_of(row)}</div></content></entry>\n'
    )


def words_of(row: Row) -> str:
    """Every language, one after another, each marked as what it is: XHTML, with all text escaped."""
    held = entries.embargo_words(row)
    parts = [f'<p xml:lang="en" lang="en"><strong>{xml(held)}</strong></p>'] if held else []
    for language, shown in row.shown.items():
        facts = "".join(f"<p>{xml(f'{label}: {value}')}</p>" for label, value in entries.facts_of(shown))
        description = "".join(f"<p>{xml(line)}</p>" for line in shown["description"].splitlines() if line)
        parts.append(
            f'<div xml:lang="{language}" lang="{language}"><h2>{xml(entries.headline_of(shown))}</h2>'
            f"<p>{xml(shown['name'])}</p>{description}{facts}</div>"
        )
    return "".join(parts)
