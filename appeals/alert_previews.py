"""A Child Rescue Alert as media partners, feeds, networks and billboards would show it, before it is out.

Made by the very functions that publish it, from rows that are never saved: nothing is kept, sent or printed
that anybody else sees.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from django.utils import timezone

from appeals.addresses import page_address
from appeals.channels import bluesky, mastodon
from appeals.channels.base import Job
from appeals.channels.media_email import publication
from appeals.enums import AppealKind, Audience, Channel, Language
from appeals.models import Appeal, Content, Wording
from appeals.previews import NO_PLACEMENT
from appeals.printing import services as printing
from appeals.printing.sheet import TooLongToPrint, sheet_of
from appeals.projection import Published, languages_of, published
from appeals.public.outlets import atom, json_feed
from appeals.public.outlets.reading import Row
from appeals.services.alerting import details_of, photo_at
from foundation.channel_previews import ChannelPreview
from foundation.contributions import ToldAlert
from foundation.places.models import Area
from foundation.printing.exceptions import NotPrinted

# An appeal has its reference once the alert is out.
_NO_APPEAL = "AP-00000000"
_BILLBOARD = "billboard"
_SOCIAL = ((Channel.MASTODON, mastodon), (Channel.BLUESKY, bluesky))


def previews_of(told: ToldAlert) -> list[ChannelPreview]:
    """A billboard, the posts, the e-mail to media partners and the entry of the feeds, in each language."""
    return [*_billboard(told), *_posts(told), *_letters(told), _entry(told)]


def drawn(told: ToldAlert, key: str) -> bytes:
    """The billboard of every language, as a player gets it. Raises `KeyError` for anything else."""
    if key != _BILLBOARD:
        raise KeyError(key)
    photo = photo_at(told.picture)
    address = page_address("", told.page)
    try:
        sheets = [
            sheet_of(one, web_address=address, picture=photo.data if photo else None)
            for one in _shown(told, Audience.BILLBOARD).values()
        ]
        return printing.creative(sheets, printing.Shape.LANDSCAPE).content
    except (NotPrinted, TooLongToPrint):
        raise KeyError(key) from None


def _billboard(told: ToldAlert) -> Iterator[ChannelPreview]:
    found = _shown(told, Audience.BILLBOARD)
    if not found:
        return
    words = "\n\n".join(f"{one.headline}\n{one.description}" for one in found.values())
    yield ChannelPreview(_BILLBOARD, "Billboard", next(iter(found)), words, is_drawn=True)


def _posts(told: ToldAlert) -> Iterator[ChannelPreview]:
    page = page_address("", told.page)
    for channel, network in _SOCIAL:
        for language, one in _shown(told, Audience.SOCIAL).items():
            label = f"{channel.label}, {Language(language).label}"
            yield ChannelPreview(f"{channel}-{language}", label, language, network.text_of(one, page))


def _letters(told: ToldAlert) -> Iterator[ChannelPreview]:
    for language, one in _shown(told, Audience.MEDIA).items():
        letter = publication(_job(told, language, one))
        label = f"E-mail to media partners, {Language(language).label}"
        yield ChannelPreview(f"letter-{language}", label, language, f"{letter.subject}\n\n{letter.body}")


def _entry(told: ToldAlert) -> ChannelPreview:
    shown = _shown(told, Audience.MEDIA)
    now, stands = timezone.now(), {language: one.as_json() for language, one in shown.items()}
    row = Row(
        reference=NO_PLACEMENT,
        change=0,
        placement=0,
        is_live=True,
        is_untold=False,
        token="",
        live_at=now,
        updated_at=now,
        embargo_until=None,
        left_at=now,
        shown=stands,
        picture_type=None,
        picture_size=None,
        page=told.page,
    )
    as_json = json.dumps(json_feed.item(row, time.time()), ensure_ascii=False, indent=2)
    source = f"{atom.entry(row, time.time())}\n\n{as_json}"
    return ChannelPreview("feed", "Feeds of media partners", next(iter(stands), "en"), source=source)


def _job(told: ToldAlert, language: str, one: Published) -> Job:
    return Job(
        reference=NO_PLACEMENT,
        appeal_reference=_NO_APPEAL,
        planned_at=timezone.now(),
        address="",
        account="",
        secret="",
        language=language,
        shown={language: one.as_json()},
        page=page_address("", told.page),
        picture_place=told.picture,
    )


def _shown(told: ToldAlert, audience: str) -> dict[str, Published]:
    """What an audience is shown, by language: by the projection that everything published goes through."""
    details = details_of(told, with_picture=bool(told.picture))
    appeal = Appeal(
        kind=AppealKind.CHILD_RESCUE_ALERT,
        alert_id=told.alert_id,
        reference=_NO_APPEAL,
        page=told.page,
    )
    content = Content(
        appeal=appeal,
        first_name=details.first_name,
        age=details.age,
        missing_since=details.missing_since,
        area=Area.objects.get(pk=details.area_id),
        alt_text=details.alt_text,
        alt_text_cy=details.alt_text_cy,
    )
    wordings = [
        Wording(
            language=one.language,
            audience=one.audience,
            headline=one.headline,
            description=one.description,
            clothing=one.clothing,
        )
        for one in details.wordings
    ]
    return {
        language: published(content, wordings, audience=audience, language=language)
        for language in languages_of(wordings)
    }
