"""Everything that is made of a publication, off the request: photo in sizes, share image, posters, creatives.

There is no peer: what is asked is that a poster and three creatives stand ready within two seconds. The unit
is what a worker does for one publication, with the largest photo that is kept and in both languages.
"""

from __future__ import annotations

import resource
import tempfile
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from appeals import services
from appeals.models import Appeal, Content, Picture, Rendition, Wording
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.made_appeal import made_live
from foundation.files import storage
from foundation.pictures import read_picture
from tests.appeals.public.photos import jpeg

WITHIN = timedelta(seconds=2)
WIDTH, HEIGHT = 1920, 2400
PRINTED = ("application/pdf", "image/png")


def _prepare(_rows: int) -> Ready:
    folder = tempfile.TemporaryDirectory()
    settings.MEDIA_ROOT = folder.name
    appeal = Appeal.objects.get(token=made_live().token)
    _illustrate(Content.objects.get(appeal=appeal))
    seconds: list[float] = []
    printed: list[int] = []

    def ours() -> None:
        Rendition.objects.all().delete()
        begun = timezone.now()
        services.make_public_files(appeal.pk)
        seconds.append((timezone.now() - begun).total_seconds())
        printed.append(Rendition.objects.filter(content_type__in=PRINTED).count())

    def counters() -> dict[str, float]:
        """Processor of the presses and ours, which no other load disturbs."""
        before = _spent()
        ours()
        seconds.pop()
        return {"processor of all, ms": (_spent() - before) * 1000}

    def checks() -> list[Check]:
        most = max(seconds)
        return [
            Check("longest until all stood ready", f"{most:.2f} s", most <= WITHIN.total_seconds()),
            Check("sheets printed each time", str(min(printed)), min(printed) == 6),
        ]

    return Ready(ours=ours, counters=counters, checks=checks, close=folder.cleanup)


def _spent() -> float:
    whose = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in whose)


def _illustrate(content: Content) -> None:
    """The largest photo, and Welsh beside English: the most there is to draw."""
    content.picture = Picture.objects.create(
        appeal_id=content.appeal_id,
        stored_name=storage.keep(read_picture(jpeg(WIDTH, HEIGHT)).data, folder="appeals", ending="jpg"),
        content_type="image/jpeg",
        width=WIDTH,
        height=HEIGHT,
        made_at=timezone.now(),
    )
    content.alt_text = "Robin, smiling, by the sea"
    content.save(update_fields=["picture", "alt_text"])
    Wording.objects.create(content=content, language="cy", description="Mae gan Robin wallt brown byr. " * 8)


LOAD = Load(
    "appeals_printed",
    "posters, creatives and photos of a publication",
    Goal(),
    _prepare,
    rounds=5,
    grows="ms",
    writes=True,
)
