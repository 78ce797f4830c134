"""What each audience would be shown of a version: made by the same functions as what is published."""

from __future__ import annotations

from dataclasses import dataclass

from appeals.addresses import page_address
from appeals.channels import bluesky, mastodon
from appeals.checks import LONGEST
from appeals.enums import AUDIENCE_OF, Audience, Channel, Language
from appeals.models import Content
from appeals.projection import Published
from appeals.services.publications import shown_for


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
class Shown:
    """What one audience reads in one language; `posts` word for word, by network."""

    language: str
    published: Published
    lines: tuple[Line, ...]
    posts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What one audience is shown, and by which channels."""

    key: str
    label: str
    channels: str
    shown: tuple[Shown, ...]


def previews_of(content: Content) -> list[Preview]:
    """A preview for each audience."""
    page = page_address(content.appeal.token)
    return [
        Preview(
            key=audience.value,
            label=str(audience.label),
            channels=", ".join(str(channel.label) for channel in Channel if AUDIENCE_OF[channel] == audience),
            shown=tuple(
                _shown(audience, Published.from_json(stored), page)
                for stored in shown_for(content, audience=audience).values()
            ),
        )
        for audience in Audience
    ]


def _shown(audience: str, one: Published, page: str) -> Shown:
    lines = (
        Line(name.capitalize(), getattr(one, name), LONGEST[audience, name])
        for name in ("headline", "description", "clothing")
    )
    posts = (
        (str(Channel.MASTODON.label), mastodon.text_of(one, page)),
        (str(Channel.BLUESKY.label), bluesky.text_of(one, page)),
    )
    told = posts if audience == Audience.SOCIAL else ()
    return Shown(str(Language(one.language).label), one, tuple(lines), told)
