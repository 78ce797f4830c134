"""What goes with an e-mail to a media partner beside its text, read from what is published as it leaves.

The picture is one that we published: encoded by us, without anything but what is seen. It is in no queue, no
task and no row of a message, so that there is nothing of ours to call back but what has gone.
"""

from __future__ import annotations

from appeals.channels import media_email
from appeals.delivery.claims import job_of
from appeals.models import Placement
from appeals.public import pages
from appeals.services.renditions import bytes_of, make_sizes
from foundation.messaging.gateways.base import Enclosed, EnclosedPicture
from foundation.pictures import CONTENT_TYPE

# Many newsrooms refuse large e-mail, and it grows by a third on its way.
LARGEST_PICTURE = 1_500_000


def with_publication(placement_id: int) -> Enclosed:
    """The appeal as HTML, with its picture where there is one."""
    return media_email.enclosed(job_of(placement_id), _picture_of(placement_id))


def _picture_of(placement_id: int) -> EnclosedPicture | None:
    """The largest size that is not too large; made now where a worker has not come to it yet."""
    row = Placement.objects.select_related("appeal", "content").get(pk=placement_id)
    if row.content.picture_id is None:
        return None
    make_sizes(row.appeal_id)
    kinds = [pages.size_kind(width) for width in sorted(pages.SIZES, reverse=True)]
    data = bytes_of(row.content, kinds, most=LARGEST_PICTURE)
    return EnclosedPicture(f"{row.appeal.reference}.jpg", CONTENT_TYPE, data) if data else None
