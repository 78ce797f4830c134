"""Who takes a wrong picture away, and what the room makes of it."""

from __future__ import annotations

import pytest

from alerts import selectors, services
from alerts.enums import AlertStatus
from alerts.policies import running
from alerts.services import removing
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from missingcases import services as cases
from missingcases.models import Photo
from tests.alerts import making
from tests.alerts.subscribing import issued, line, phones, subscribe
from tests.alerts.test_pages import page, told
from tests.appeals.public.photos import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictured(settings, tmp_path, room, incident):
    """Ready to be issued, with a photo of the record."""
    settings.MEDIA_ROOT = str(tmp_path)
    photo = cases.add_photo(
        actor=room.officer, incident_id=incident.pk, content=jpeg(300, 400), alt_text="Robin"
    )
    content = making.details(alt_text="Robin, a boy with short brown hair")
    alert = making.proposed(room, incident, content=content, photo_reference=photo.reference)
    return making.ready(room, alert)


def test_before_the_issue_everybody_is_asked_again(room, pictured, met_supervisor) -> None:
    services.remove_picture(actor=met_supervisor.actor, alert_id=pictured.pk, fault="consent")
    pictured.refresh_from_db()
    assert pictured.status == AlertStatus.PROPOSED
    newest = selectors.newest_content(pictured)
    assert (newest.stored_name, newest.alt_text, newest.description) == ("", "", making.details().description)
    assert page(room.manager, "picture", pictured.reference, 1).status_code == 404
    # The same photo does not come back by mistake.
    photo = Photo.objects.get()
    assert photo.reference not in told(page(room.officer, "content", pictured.reference))
    with pytest.raises(Invalid):
        services.edit_content(
            actor=room.officer,
            alert_id=pictured.pk,
            details=making.details(alt_text="Robin"),
            photo_reference=photo.reference,
        )
    assert AuditEvent.objects.filter(action="alerts.picture_removed", target_id=pictured.pk).count() == 1


def test_after_the_issue_the_alert_stays_and_an_update_waits_for_a_manager(room, pictured) -> None:
    line("sms")
    subscribe(phones(1))
    issued(room, pictured)
    assert "Take it away now" in told(page(room.manager, "room", pictured.reference))
    asked = page(room.manager, "remove_picture", pictured.reference)
    assert "It is gone from our page, feeds, billboards" in told(asked)
    empty = page(room.manager, "remove_picture", pictured.reference, data={"fault": "other", "reason": ""})
    assert empty.status_code == 422
    given = {"fault": "somebody", "reason": "It is her sister."}
    assert page(room.manager, "remove_picture", pictured.reference, data=given).status_code == 302
    pictured.refresh_from_db()
    assert pictured.status == AlertStatus.ISSUED
    for actor in (room.officer, room.unit, room.manager):
        shown = told(page(actor, "live", pictured.reference))
        assert "The picture was taken away" in shown
        assert "It is her sister." in shown
        assert "a duty manager of the charity sends the update" in shown
    # The words are still those of whoever wrote them: the manager who saw it may send the update alone.
    assert running.may_update(room.manager, pictured) is None
    services.update_alert(actor=room.manager, alert_id=pictured.pk, version=pictured.version)
    assert not selectors.shows_a_removed_picture(pictured)
    assert selectors.shown_picture(pictured) is None


def test_who_may(room, pictured, kent_supervisor, caseworker) -> None:
    for actor, wrong in (
        (room.officer, Refused),
        (room.unit, Refused),
        (kent_supervisor.actor, NotVisible),
        (caseworker.actor, NotVisible),
    ):
        with pytest.raises(wrong):
            services.remove_picture(actor=actor, alert_id=pictured.pk, fault="unfit")
    with pytest.raises(Invalid):
        services.remove_picture(actor=room.manager, alert_id=pictured.pk, fault="other")
    services.remove_picture(actor=room.manager, alert_id=pictured.pk, fault="unfit")
    with pytest.raises(Refused) as again:
        services.remove_picture(actor=room.manager, alert_id=pictured.pk, fault="unfit")
    assert making.code_of(again) == "no_picture"


def test_it_stays_away_after_a_restore(room, pictured) -> None:
    name = selectors.newest_content(pictured).stored_name
    ids = {"alert_id": pictured.pk, "stored_name": name}
    assert removing.remove_again(ids)
    assert removing.remove_again(ids)
    assert selectors.removed_names(pictured.pk) == {name}
    assert not removing.remove_again({"alert_id": 0, "stored_name": name})
