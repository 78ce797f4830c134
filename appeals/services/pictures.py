"""Pictures of an appeal: the force offers a photo of the record, whoever writes the content cuts it.

The charity never opens the record's photos: it sees what the force offered, and cuts from that alone.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from appeals import policies
from appeals.models import Appeal, Picture
from appeals.services.common import hold, written
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.files import storage
from foundation.pictures import CONTENT_TYPE, Box, Unfit, cut
from missingcases.models import Photo
from missingcases.selectors import photos_of
from missingcases.services.notes import stored_path

FOLDER = "appeals"


@transaction.atomic
def offer_photo(*, actor: Actor, appeal_id: int, photo_reference: str) -> Picture:
    """Offer one photo of the record; the same one twice is one. Raises `NotVisible`, `Refused`, `Invalid`."""
    incident, appeal = hold(actor, appeal_id)
    require(policies.may_offer_photo(actor, appeal))
    photo = photos_of(actor, incident).filter(reference=photo_reference).first()
    if photo is None:
        raise Invalid({"photo": "Choose a photo of the record."})
    offered = Picture.objects.filter(appeal=appeal, photo=photo, left=0, top=0, right=1, bottom=1).first()
    return offered or _keep(
        actor, appeal, photo, source=stored_path(photo.stored_name), box=Box(), within=Box()
    )


@transaction.atomic
def cut_picture(
    *,
    actor: Actor,
    appeal_id: int,
    picture_id: int,
    left: float,
    top: float,
    right: float,
    bottom: float,
) -> Picture:
    """Cut a part (edges from 0 to 1) from a picture of this appeal, as a picture of its own."""
    _, appeal = hold(actor, appeal_id)
    require(policies.may_edit(actor, appeal))
    source = Picture.objects.select_related("photo").filter(appeal=appeal, pk=picture_id).first()
    if source is None:
        raise NotVisible(appeal.reference)
    try:
        box = Box(left, top, right, bottom)
    except Unfit as problem:
        raise Invalid({"right": problem.words}) from None
    within = Box(source.left, source.top, source.right, source.bottom)
    return _keep(
        actor, appeal, source.photo, source=storage.path_of(source.stored_name), box=box, within=within
    )


def _keep(
    actor: Actor, appeal: Appeal, photo: Photo | None, *, source: Path, box: Box, within: Box
) -> Picture:
    """Write the part of a stored picture; its box is said in parts of the whole photo."""
    try:
        part = cut(source.read_bytes(), box)
    except OSError:
        raise Invalid({"photo": "This photo is not there any more. Choose another."}) from None
    except Unfit as problem:
        raise Invalid({"photo": problem.words}) from None
    place = storage.keep(part.data, folder=FOLDER, ending="jpg")
    wide, high = within.right - within.left, within.bottom - within.top
    picture = Picture.objects.create(
        appeal=appeal,
        photo=photo,
        stored_name=place,
        content_type=CONTENT_TYPE,
        width=part.width,
        height=part.height,
        left=within.left + box.left * wide,
        top=within.top + box.top * high,
        right=min(1.0, within.left + box.right * wide),
        bottom=min(1.0, within.top + box.bottom * high),
        made_by_id=actor.user_id,
        made_at=timezone.now(),
    )
    written(appeal)
    audit.record(
        actor=actor,
        action="appeals.picture_made",
        target=picture,
        incident_id=appeal.incident_id,
        fields=["left", "top", "right", "bottom"],
    )
    return picture
