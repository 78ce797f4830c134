"""Making the finished pages of appeals, off the request: once published, and when their look changed."""

from __future__ import annotations

from django.db.models import Q

from appeals.enums import AppealStatus
from appeals.models import Publication
from appeals.public import pages
from appeals.public.reading import files_of
from appeals.services.renditions import make_printed, make_sizes
from foundation.rounds import each

# So many in one turn of the sweep; until then a page is made as it is asked for.
BATCH = 200


def make_public_files(appeal_id: int) -> bool:
    """Make pictures and page of an appeal that is live; then what takes longer to print, and the page anew.

    False where it was published anew meanwhile: that makes its own.
    """
    make_sizes(appeal_id)
    done = make_pages(appeal_id)
    return make_pages(appeal_id) if make_printed(appeal_id) else done


def make_pages(appeal_id: int) -> bool:
    """Make the pages of one publication. False where it was published anew meanwhile: that makes its own."""
    publication = Publication.objects.select_related("appeal").filter(appeal_id=appeal_id).first()
    if publication is None:
        return False
    files = files_of([publication.content_id]).get(publication.content_id, [])
    token = publication.appeal.token
    made = {
        language: pages.finished(token, publication.shown, language, files) for language in publication.shown
    }
    unchanged = Publication.objects.filter(pk=publication.pk, made_at=publication.made_at)
    return bool(unchanged.update(page={**made, pages.LOOK: pages.look()}))


def make_due_pages() -> int:
    """Make the pages that a lost task left out, and those of another look; returns how many."""
    old = ~Q(page__look=pages.look()) | Q(page__look__isnull=True)
    due = Publication.objects.filter(old, appeal__status=AppealStatus.LIVE).order_by("-made_at")
    return each(due.values_list("appeal_id", flat=True)[:BATCH], make_public_files)
