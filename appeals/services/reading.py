"""Opening an appeal, its ledger, its pictures: each look is in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from django.db import transaction

from appeals.models import Appeal, Picture
from appeals.selectors import appeal_for, appeals_visible_to
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.files import storage


@transaction.atomic
def open_appeal(*, actor: Actor, reference: str) -> Appeal:
    """One appeal with its publicity record. Raises `NotVisible`."""
    found = appeal_for(actor, reference)
    audit.record(actor=actor, action="appeals.opened", target=found, incident_id=found.incident_id)
    return found


@transaction.atomic
def open_picture(*, actor: Actor, reference: str, picture_id: int) -> tuple[Picture, BinaryIO]:
    """A picture of an appeal, for showing. Raises `NotVisible` where there is none."""
    rows = Picture.objects.filter(
        pk=picture_id, appeal__in=appeals_visible_to(actor).filter(reference=reference)
    )
    picture = rows.select_related("appeal").first()
    if picture is None:
        raise NotVisible(reference)
    try:
        handle = storage.path_of(picture.stored_name).open("rb")
    except OSError:
        raise NotVisible(reference) from None
    audit.record(
        actor=actor,
        action="appeals.picture_opened",
        target=picture,
        incident_id=picture.appeal.incident_id,
    )
    return picture, handle


def record_list_read(*, actor: Actor, ids: Sequence[int]) -> None:
    """A list of appeals was read: with names of whom they are about."""
    audit.record(actor=actor, action="appeals.list_read", target=Appeal, target_ids=ids)


def record_figures_viewed(*, actor: Actor) -> None:
    """The figures of publicity were read."""
    audit.record(actor=actor, action="appeals.figures_viewed", target=Appeal)
