"""The picture of an alert: a copy of a photo of the record, written anew so that it carries nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from alerts.models import ChildRescueAlert
from alerts.practice import PRACTICE, practice_picture
from alerts.selectors import picture_for, removed_photo_ids
from foundation.actors import Actor
from foundation.exceptions import Invalid, NotVisible
from foundation.files import storage
from foundation.pictures import CONTENT_TYPE, Box, Unfit, cut
from missingcases.enums import PhotoConsent
from missingcases.selectors import photos_of
from missingcases.services.notes import stored_path

FOLDER = "alerts"


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture is stored, what it is, and of which photo of the record it is a copy."""

    stored_name: str
    content_type: str
    photo_id: int | None = None


def picture_from(actor: Actor, alert: ChildRescueAlert, photo_reference: str) -> Picture:
    """A copy of one photo of the record that nobody refused; of a rehearsal the practice picture alone.

    Raises `Invalid`.
    """
    if alert.incident is None:
        return _of_nobody(photo_reference)
    photo = photos_of(actor, alert.incident).filter(reference=photo_reference).first()
    if photo is None or photo.consent == PhotoConsent.NO:
        raise Invalid({"photo": "Choose a photo of the record that may be used."})
    if photo.pk in removed_photo_ids(alert.pk):
        raise Invalid({"photo": "This picture was taken away from the alert. Choose another."})
    try:
        whole = cut(stored_path(photo.stored_name).read_bytes(), Box())
    except OSError:
        raise Invalid({"photo": "This photo is not there any more. Choose another."}) from None
    except Unfit as problem:
        raise Invalid({"photo": problem.words}) from None
    return Picture(storage.keep(whole.data, folder=FOLDER, ending="jpg"), CONTENT_TYPE, photo.pk)


def _of_nobody(photo_reference: str) -> Picture:
    if photo_reference != PRACTICE:
        raise Invalid({"photo": "A rehearsal shows the practice picture, or none."})
    return Picture(storage.keep(practice_picture().data, folder=FOLDER, ending="jpg"), CONTENT_TYPE)


def open_picture(*, actor: Actor, reference: str, number: int) -> tuple[str, BinaryIO]:
    """The picture of one version: its type and the open file. Raises `NotVisible`."""
    content = picture_for(actor, reference, number)
    if content is None:
        raise NotVisible(f"{reference} has no picture {number}")
    try:
        return content.content_type, storage.path_of(content.stored_name).open("rb")
    except OSError:
        raise NotVisible(f"the picture of {reference} is gone") from None
