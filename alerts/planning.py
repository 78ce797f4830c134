"""What a notice sends to whom, before it is sent: the same plan is shown in the room, reckoned and issued."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from alerts.audience.selectors import BucketCount, buckets_for, watermark
from alerts.enums import AudienceChannel, Language, NoticeKind
from alerts.models import AlertContent, ChildRescueAlert, Notice, NoticeRun
from alerts.payload import letter_for_systems
from alerts.wording import Facts, Letter, Wording, letter
from foundation.clock import in_london
from foundation.messaging.models import BroadcastPart
from foundation.messaging.types import Part

# What has words and a way to send them.
SENT_BY = (
    AudienceChannel.SMS,
    AudienceChannel.EMAIL,
    AudienceChannel.WEB_PUSH,
    AudienceChannel.WEBHOOK,
)
# By whether it is a rehearsal: the only place that says whom a notice goes to. The audience's own SQL says it
# once more, so that neither mistake alone reaches anybody it should not.
_OF_AREAS = {False: "alerts.areas", True: "alerts.rehearsal"}
_REACHED = {False: "alerts.reached", True: "alerts.reached_rehearsal"}
# Nobody has a negative number.
_FROM_THE_FIRST = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One channel in one language: its words, its audience in parts, and how many that is now."""

    channel: str
    language: str
    letter: Letter
    audience: str
    parts: tuple[Part, ...]
    recipients: int

    @property
    def segments(self) -> int:
        """Parts of one message: an e-mail is one, whatever its length."""
        return self.letter.size.segments if self.channel == AudienceChannel.SMS else 1


def newest_content(alert: ChildRescueAlert) -> AlertContent | None:
    """What may be said now; None where nothing was written yet."""
    return alert.contents.prefetch_related("wordings").order_by("-number").first()


def wordings_of(content: AlertContent) -> dict[str, Wording]:
    """Its words by language."""
    return {
        row.language: Wording(row.headline, row.description, row.instruction, row.sms)
        for row in content.wordings.all()
    }


def about(alert: ChildRescueAlert) -> str:
    """What joins an alert's pushes on a device and at its push service, to whom it says nothing."""
    return "alert-" + hashlib.sha256(f"push {alert.reference}".encode()).hexdigest()[:24]


def facts_of(alert: ChildRescueAlert, kind: str, language: str, *, now: datetime) -> Facts:
    """What the fixed words of a notice speak of."""
    home = settings.PUBLIC_BASE_URL + ("/cy" if language == Language.WELSH else "")
    return Facts(
        kind=kind,
        is_rehearsal=alert.is_rehearsal,
        began_at=alert.issued_at or now,
        page=f"{home}/alerts/",
        way_out=f"{home}/alerts/choices/",
        about=about(alert),
    )


def letter_of(
    alert: ChildRescueAlert,
    kind: str,
    channel: str,
    language: str,
    wordings: dict[str, Wording],
    *,
    now: datetime,
    content: AlertContent | None = None,
) -> Letter:
    """What goes out by one channel in one language. Raises `KeyError` where that language has no words."""
    said = None if kind == NoticeKind.CANCEL else wordings[language]
    facts = facts_of(alert, kind, language, now=now)
    if channel == AudienceChannel.WEBHOOK:
        return letter_for_systems(alert, content, said, facts, language, now=now)
    return letter(channel, language, facts, said)


def counts_of(alert: ChildRescueAlert, area_ids: Iterable[int], *, now: datetime) -> list[BucketCount]:
    """Who would get it, place by place, in constant time; a rehearsal has test subscribers alone."""
    found = buckets_for(area_ids=area_ids, on=in_london(now).date(), is_test=alert.is_rehearsal)
    return [one for one in found if one.channel in SENT_BY]


def plan_alert(
    alert: ChildRescueAlert, content: AlertContent, area_ids: Iterable[int], *, now: datetime
) -> list[Run]:
    """The first notice: everybody of the areas, up to whoever subscribed last."""
    wordings, last = wordings_of(content), watermark()
    groups: dict[tuple[str, str], list[BucketCount]] = defaultdict(list)
    for one in counts_of(alert, area_ids, now=now):
        groups[one.channel, _spoken(one.language, wordings)].append(one)
    return [
        Run(
            channel=channel,
            language=language,
            letter=letter_of(alert, NoticeKind.ALERT, channel, language, wordings, now=now, content=content),
            audience=_OF_AREAS[alert.is_rehearsal],
            parts=tuple(Part(one.bucket_id, _FROM_THE_FIRST, last) for one in buckets),
            recipients=sum(one.active for one in buckets),
        )
        for (channel, language), buckets in sorted(groups.items())
    ]


def _spoken(language: str, wordings: dict[str, Wording]) -> str:
    """The language somebody gets it in: English where there are no words in theirs."""
    return language if language in wordings else Language.ENGLISH.value


def plan_update(alert: ChildRescueAlert, content: AlertContent, *, now: datetime) -> list[Run]:
    """New words for everybody whom the alert was issued to, whether it has reached them yet or not.

    Each gets them in the language of the alert: in another one they could get its end twice. Raises
    `KeyError` where these words lack one of its languages.
    """
    wordings = wordings_of(content)
    first = alert.notices.get(kind=NoticeKind.ALERT)
    return [
        Run(
            channel=run.channel,
            language=run.language,
            letter=letter_of(
                alert, NoticeKind.UPDATE, run.channel, run.language, wordings, now=now, content=content
            ),
            audience=_OF_AREAS[alert.is_rehearsal],
            parts=tuple(_parts_of(run)),
            recipients=run.cost.recipients,
        )
        for run in first.runs.select_related("cost").order_by("channel", "language")
    ]


def languages_of(alert: ChildRescueAlert) -> list[str]:
    """The languages that its first notice went out in; none before it is issued."""
    runs = NoticeRun.objects.filter(notice__alert=alert, notice__kind=NoticeKind.ALERT)
    return sorted(set(runs.values_list("language", flat=True)))


def _parts_of(run: NoticeRun) -> Iterable[Part]:
    """The stretches that a run was given, from their beginning."""
    rows = BroadcastPart.objects.filter(broadcast_id=run.broadcast_id).order_by("part")
    for part, last in rows.values_list("part", "last"):
        yield Part(part, _FROM_THE_FIRST, last)


def plan_end(alert: ChildRescueAlert, *, now: datetime) -> list[Run]:
    """That it is over, for everybody whom any of its notices reached. A part is an earlier broadcast."""
    groups: dict[tuple[str, str], list[NoticeRun]] = defaultdict(list)
    for run in NoticeRun.objects.filter(notice__alert=alert).order_by("broadcast_id"):
        groups[run.channel, run.language].append(run)
    highest = _highest_of([run for runs in groups.values() for run in runs])
    return [
        Run(
            channel=channel,
            language=language,
            letter=letter_of(alert, NoticeKind.CANCEL, channel, language, {}, now=now),
            audience=_REACHED[alert.is_rehearsal],
            parts=tuple(Part(run.broadcast_id, _FROM_THE_FIRST, highest) for run in runs),
            recipients=0,
        )
        for (channel, language), runs in sorted(groups.items())
    ]


def _highest_of(runs: Sequence[NoticeRun]) -> int:
    """No delivery of these runs has a higher number than the last stretch they were given."""
    rows = BroadcastPart.objects.filter(broadcast_id__in=[run.broadcast_id for run in runs])
    return rows.aggregate(highest=Max("last"))["highest"] or 0


def is_newest(notice: Notice) -> bool:
    """Whether nothing has replaced it."""
    return not Notice.objects.filter(alert_id=notice.alert_id, number__gt=notice.number).exists()
