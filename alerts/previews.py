"""What subscribers would be sent, in each language: by the functions that send, the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from alerts.enums import AudienceChannel, Language, NoticeKind
from alerts.models import AlertContent, ChildRescueAlert
from alerts.planning import SENT_BY, letter_of, wordings_of
from alerts.wording import too_long


@dataclass(frozen=True, slots=True)
class Preview:
    """One message as it would leave; `takes` says how many texts it is."""

    key: str
    channel: str
    language: str
    language_code: str
    body: str
    subject: str = ""
    takes: str = ""
    problem: str = ""
    is_code: bool = False  # for programs: shown folded, as it is written


def previews_of(alert: ChildRescueAlert, content: AlertContent | None) -> list[Preview]:
    """What the version would say. An alert that has been issued is shown as its update."""
    if content is None:
        return []
    kind = NoticeKind.ALERT if alert.issued_at is None else NoticeKind.UPDATE
    spoken = [one for one in Language if one in wordings_of(content)]
    return [_preview(alert, content, kind, channel, one) for channel in SENT_BY for one in spoken]


def _preview(
    alert: ChildRescueAlert, content: AlertContent, kind: str, channel: AudienceChannel, language: Language
) -> Preview:
    said = letter_of(
        alert, kind, channel, language, wordings_of(content), now=timezone.now(), content=content
    )
    is_text = channel == AudienceChannel.SMS
    size = said.size
    parts = f"{size.segments} text{'' if size.segments == 1 else 's'}, {size.units} characters"
    outside = f" Letters that make it longer: {size.outside_gsm}" if size.outside_gsm else ""
    return Preview(
        key=f"{channel}-{language}",
        channel=str(channel.label),
        language=str(language.label),
        language_code=language.value,
        body=said.body,
        subject=said.subject,
        takes=f"{parts}.{outside}" if is_text else "",
        problem=too_long(said.body) if is_text else "",
        is_code=channel == AudienceChannel.WEBHOOK,
    )
