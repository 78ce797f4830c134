"""A rehearsal shows the practice picture, marked, to the room alone: no way leads it to the public."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from alerts import selectors, services
from alerts.cap.models import CapMessage
from alerts.models import ChildRescueAlert
from alerts.practice import ALT_TEXT, practice_picture
from alerts.public import services as public
from alerts.public.models import PublicAlert, PublicPicture
from foundation.events.services import sweep
from foundation.exceptions import Invalid
from tests.alerts import making
from tests.alerts.subscribing import issued, line, phones, subscribe
from tests.alerts.test_pages import page, proposing, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def test_the_whole_flow_carries_it_and_nothing_of_it_is_public(provider, room, settings, tmp_path) -> None:
    making.area()
    offered = told(page(room.officer, "rehearse"))
    assert "The practice picture: nobody, marked EXERCISE" in offered
    page(room.officer, "rehearse", data=proposing(photo="practice"))
    alert = ChildRescueAlert.objects.get()
    content = selectors.newest_content(alert)
    assert (content.alt_text, content.photo) == (ALT_TEXT, None)
    making.ready(room, alert)
    for actor in (room.officer, room.manager, room.unit):
        answer = page(actor, "picture", alert.reference, 1)
        assert answer["Content-Type"] == "image/jpeg"
        assert ALT_TEXT in told(page(actor, "room", alert.reference))
    line("sms")
    subscribe(phones(1), is_test=True)
    notice = issued(room, alert)
    sweep()
    assert not PublicAlert.objects.exists()
    assert not public.make_picture(notice_id=notice.pk)
    assert not PublicPicture.objects.exists()
    exercise = CapMessage.objects.get()
    assert (exercise.status, exercise.picture_name) == ("Exercise", "")
    assert "<resource" not in exercise.document
    assert not list(tmp_path.glob("published/**/*.jpg"))


def test_no_face_of_anybody_gets_into_a_rehearsal(room) -> None:
    for reference in ("PH-AAAAAAAA", "keep"):
        with pytest.raises(Invalid):
            making.proposed(room, None, content=making.details(alt_text="x"), photo_reference=reference)
    services.propose_alert(
        actor=room.officer, content=making.details(alt_text="x"), area_ids=[], photo_reference="practice"
    )


def test_the_practice_picture_cannot_be_used_for_a_child(room, incident) -> None:
    with pytest.raises(Invalid):
        making.proposed(room, incident, content=making.details(alt_text="x"), photo_reference="practice")


def test_it_is_marked_across() -> None:
    drawn = Image.open(BytesIO(practice_picture().data)).convert("RGB")
    red = sum(r > 120 and g < 80 and b < 80 for r, g, b in drawn.resize((80, 100)).get_flattened_data())
    assert red / (80 * 100) > 0.04
