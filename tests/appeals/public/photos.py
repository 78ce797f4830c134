"""An appeal with a photo, live, with everything made of it."""

from __future__ import annotations

import io

from django.utils import timezone
from PIL import Image

from appeals import services
from appeals.models import Appeal, Picture
from appeals.services.renditions import FOLDER
from foundation.files import storage
from foundation.pictures import read_picture
from missingcases.services import add_photo
from tests.appeals import making
from tests.appeals.conftest import Desk

HOME = "51.5014 N, 0.1419 W"
BOTH = (
    services.Words(headline="Have you seen Robin?", description=making.DESCRIPTION, clothing="A red coat."),
    services.Words(language="cy", description="Mae gan Robin wallt brown byr.", clothing="Côt goch."),
)


def jpeg(width: int = 900, height: int = 1200, **given: object) -> bytes:
    """A photo with a home position in its head."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = HOME
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif.tobytes(), comment=HOME.encode(), **given)
    return stream.getvalue()


def live_with_photo(desk: Desk, incident, **content: object) -> Appeal:
    """Asked for, decided and published in both languages, with a picture cut from the record's photo."""
    content = {"wordings": BOTH} | content
    photo = add_photo(
        actor=desk.officer,
        incident_id=incident.pk,
        content=jpeg(),
        alt_text="At the sea",
        consent="yes",
        consent_by="Jo Moor",
        consent_on=timezone.localdate(),
    )
    appeal = making.asked(desk.officer, incident, content=making.details(**content))
    services.take_up(actor=desk.publicity, appeal_id=appeal.pk)
    picture = Picture.objects.create(
        appeal=appeal,
        photo=photo,
        stored_name=storage.keep(read_picture(jpeg()).data, folder="appeals", ending="jpg"),
        content_type="image/jpeg",
        width=900,
        height=1200,
        made_at=timezone.now(),
    )
    services.save_content(
        actor=desk.publicity,
        appeal_id=appeal.pk,
        details=making.details(alt_text="Robin, smiling, by the sea", **content),
        picture_id=picture.pk,
    )
    services.check_risk(
        actor=desk.publicity, appeal_id=appeal.pk, words="None.", balance="For it.", no_publicity=()
    )
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    making.outlet()
    live = services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    services.make_public_files(live.pk)
    return live


def files() -> list[str]:
    """What lies in the folder of the public site."""
    folder = storage.path_of(FOLDER)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
