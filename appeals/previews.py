"""A version as each channel would show it: made by the very functions that publish it, with nothing kept.

Pages, letters and entries lead to pictures of the public site. In a preview their addresses are replaced by
ours, which show the same files to staff; all else is what is published, byte for byte.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from appeals.addresses import page_address
from appeals.channels import bluesky, mastodon
from appeals.channels.base import Job
from appeals.channels.media_email import Letter, enclosed, publication
from appeals.checks import LONGEST
from appeals.enums import AUDIENCE_OF, Audience, Channel, Language
from appeals.models import Content, Wording
from appeals.projection import Published
from appeals.public import pages
from appeals.public.addresses import absolute
from appeals.public.outlets import atom, entries, json_feed
from appeals.public.outlets.reading import FEED_PICTURE, Row
from appeals.services.publications import shown_for
from appeals.services.renditions import PRINTED, drawn, foreseen, too_long
from foundation.messaging.gateways.base import EnclosedPicture
from foundation.pictures import CONTENT_TYPE

# A placement has its reference once it is planned.
NO_PLACEMENT = "PL-00000000"
_SOCIAL = ((Channel.MASTODON, mastodon), (Channel.BLUESKY, bluesky))


@dataclass(frozen=True, slots=True)
class Line:
    """One text with how many of its characters fit."""

    label: str
    words: str
    longest: int

    @property
    def fits(self) -> bool:
        """Whether the channel shows it whole."""
        return len(self.words) <= self.longest


@dataclass(frozen=True, slots=True)
class Post:
    """One post, word for word, and how long its network takes it to be."""

    network: str
    words: str
    counted: int
    longest: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What one audience is shown in one language."""

    language: str
    published: Published
    lines: tuple[Line, ...]
    posts: tuple[Post, ...] = ()
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What one audience is shown, and by which channels. `problem`: why nothing can be drawn of it."""

    key: str
    label: str
    channels: str
    shown: tuple[Shown, ...]
    drawn: tuple[str, ...]
    problem: str


def previews_of(content: Content, *, region_id: int | None = None) -> list[Preview]:
    """A preview for each audience; of media and social networks as outlets of that region show it."""
    return [_preview(content, audience, region_id) for audience in Audience]


def _preview(content: Content, audience: Audience, region_id: int | None) -> Preview:
    problem = too_long(content, audience) if audience in PRINTED.values() else None
    return Preview(
        key=audience.value,
        label=str(audience.label),
        channels=", ".join(str(channel.label) for channel in Channel if AUDIENCE_OF[channel] == audience),
        shown=tuple(
            _shown(content, audience, Published.from_json(stored), region_id)
            for stored in _stored(content, audience, region_id).values()
        ),
        drawn=tuple(kind for kind, words in PRINTED.items() if words == audience),
        problem=str(problem or ""),
    )


def _stored(content: Content, audience: str, region_id: int | None) -> dict[str, dict[str, object]]:
    """As a placement holds it. Pages and prints are the same everywhere."""
    if region_id is None or audience not in {Audience.MEDIA, Audience.SOCIAL}:
        return shown_for(content, audience=audience)
    return shown_for(content, audience=audience, region_ids=frozenset({region_id}))


def _shown(content: Content, audience: str, one: Published, region_id: int | None) -> Shown:
    lines = (
        Line(name.capitalize(), getattr(one, name), LONGEST[audience, name])
        for name in ("headline", "description", "clothing")
    )
    page = page_address(content.appeal.token, content.appeal.page)
    posts = tuple(
        Post(str(channel.label), text, network.counted(text, page), network.LONGEST)
        for channel, network in _SOCIAL
        if audience == Audience.SOCIAL
        for text in (network.text_of(one, page),)
    )
    letter = publication(_job(content, one.language, region_id)) if audience == Audience.MEDIA else None
    return Shown(str(Language(one.language).label), one, tuple(lines), posts, letter)


def regions_of(wordings: list[Wording]) -> list[tuple[int, str]]:
    """The regions that have words of their own."""
    named = {one.region_id: one.region.name for one in wordings if one.region_id and one.region}
    return sorted(named.items(), key=lambda one: one[1])


def page(content: Content, language: str, region_id: int | None = None) -> str:
    """The page of our website, which is the same for every region. Raises `KeyError` for another language."""
    shown = shown_for(content, audience=Audience.PUBLIC)
    made = pages.finished(content.appeal.token, shown, language, foreseen(content), is_preview=True)
    return as_seen_here(made, content)


def as_seen_here(made: str, content: Content) -> str:
    """A page of the public site with its pictures from here, and its links leading there."""
    host, token = re.escape(absolute("")), re.escape(content.appeal.token)
    pictures = rf"(?:{host})?/pictures/{token}/([a-z0-9-]+)\.[@\w.-]+\.(?:jpg|png|pdf)"
    linked = re.sub(rf'(<a [^>]*href=")(?=/(?!{settings.STATIC_URL[1:]}))', rf"\g<1>{absolute('')}", made)
    return re.sub(pictures, lambda found: _file(content, found[1]), linked)


def letter(content: Content, language: str, region_id: int | None = None) -> str:
    """The HTML of the e-mail to media partners. Raises `KeyError` for another language."""
    picture = EnclosedPicture(f"{content.appeal.reference}.jpg", CONTENT_TYPE, b"")
    job = _job(content, language, region_id)
    html = enclosed(job, picture if content.picture_id else None).html
    return html.replace(f"cid:{picture.cid}", _file(content, FEED_PICTURE))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the feeds: as a reader shows it, and the source of both."""

    title: str
    words: SafeString
    picture: str
    alt_text: str
    atom: str
    json: str


def entry(content: Content, language: str, region_id: int | None = None) -> Entry:
    """The entry of the feeds, which holds every language. Raises `KeyError` for one it has not."""
    row = _row(content, region_id)
    alt_text = row.shown[language]["alt_text"]
    now = time.time()
    return Entry(
        title=entries.title_of(row),
        words=SafeString(atom.words_of(row)),  # all text in it is escaped by `entries.xml`
        picture=_file(content, FEED_PICTURE) if content.picture_id else "",
        alt_text=alt_text,
        atom=atom.entry(row, now),
        json=json.dumps(json_feed.item(row, now), ensure_ascii=False, indent=2),
    )


FRAMES: dict[str, Callable[[Content, str, int | None], str | Entry]] = {
    "page": page,
    "letter": letter,
    "entry": entry,
}


def _job(content: Content, language: str, region_id: int | None) -> Job:
    """As the placement of an outlet that asks for this language would be sent."""
    picture = content.picture
    stored = _stored(content, Audience.MEDIA, region_id)
    return Job(
        reference=NO_PLACEMENT,
        appeal_reference=content.appeal.reference,
        planned_at=timezone.now(),
        address="",
        account="",
        secret="",
        language=language,
        shown={language: stored[language]},
        page=page_address(content.appeal.token, content.appeal.page),
        picture_place=picture.stored_name if picture else "",
        picture_type=picture.content_type if picture else "",
    )


def _row(content: Content, region_id: int | None) -> Row:
    """As a feed would read it, had it been published now."""
    now, has_picture = timezone.now(), content.picture_id is not None
    size = len(drawn(content, FEED_PICTURE)[0]) if has_picture else None
    return Row(
        reference=NO_PLACEMENT,
        change=0,
        placement=0,
        is_live=True,
        is_untold=False,
        token=content.appeal.token,
        live_at=now,
        updated_at=now,
        embargo_until=None,
        left_at=now + timedelta(days=1),
        shown=_stored(content, Audience.MEDIA, region_id),
        picture_type=CONTENT_TYPE if has_picture else None,
        picture_size=size,
    )


def _file(content: Content, kind: str) -> str:
    """Where staff see one file of a version."""
    return reverse("appeals:proof", args=[content.appeal.reference, content.number, kind])
