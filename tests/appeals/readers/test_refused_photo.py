"""A photo whose record refuses publicity after it was published is shown nowhere from that commit on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from appeals import delivery, services
from appeals.contributions import publicity_work
from appeals.enums import AppealStatus, Channel, PlacementStatus
from appeals.gates import judge
from appeals.models import Appeal, Placement
from appeals.public import addresses
from appeals.selectors import facts_of
from foundation.access import Refused
from foundation.messaging.models import Message
from missingcases import services as cases
from missingcases.models import Photo, TimelineEntry
from missingcases.services import restored
from tests.appeals import outlets
from tests.appeals.public.photos import jpeg, live_with_photo
from tests.appeals.readers.conftest import Reader

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
P = PlacementStatus


@pytest.fixture
def everywhere(desk, incident, desk_feed: Reader, board: Reader, settings, tmp_path) -> Appeal:
    """Live with a photo on our website and its posters, a feed, a billboard and by e-mail."""
    settings.MEDIA_ROOT = str(tmp_path)
    outlets.media()
    live = live_with_photo(desk, incident)
    delivery.send_appeal(live.pk)
    return live


def answered(desk, incident, consent: str, photo: Photo | None = None) -> Photo:
    photo = photo or Photo.objects.get()
    return cases.set_photo_consent(
        actor=desk.officer,
        incident_id=incident.pk,
        photo_id=photo.pk,
        version=Photo.objects.get(pk=photo.pk).version,
        consent=consent,
        consent_by="" if consent == "not_asked" else "Jo Moor",
        consent_on=None if consent == "not_asked" else timezone.localdate(),
    )


def picture(appeal: Appeal, kind: str, ending: str) -> str:
    return f"/pictures/{appeal.token}/{kind}.{addresses.signed_until(appeal.token, None)}.{ending}"


def test_it_is_gone_from_every_channel_in_the_same_commit_and_outlets_are_told(
    client, desk, incident, everywhere, desk_feed, board
) -> None:
    page = f"/appeals/{everywhere.token}/"
    ours = [page, picture(everywhere, "size640", "jpg"), picture(everywhere, "poster-a4", "pdf")]
    assert [client.get(address).status_code for address in ours] == [200, 200, 200]
    assert board.playlist().json()["items"]
    assert b"Robin" in desk_feed.feed().content

    answered(desk, incident, "no")
    assert [client.get(address).status_code for address in ours] == [410, 410, 410]
    told = board.playlist().json()
    assert (told["items"], told["drop"]) == ([], [board.placement(everywhere).reference])
    feed = desk_feed.feed().content
    assert b"Robin" not in feed
    assert b"deleted-entry" in feed
    everywhere.refresh_from_db()
    assert everywhere.status == AppealStatus.PAUSED

    delivery.read_reports()
    delivery.tell_outlets(everywhere.pk)
    by_channel = Placement.objects.filter(appeal=everywhere).values_list("outlet__channel", "status")
    assert dict(by_channel) == {
        Channel.WEBSITE: P.CONFIRMED,
        Channel.POSTER: P.CONFIRMED,
        Channel.MEDIA_FEED: P.TOLD,
        Channel.BILLBOARD: P.TOLD,
        Channel.MEDIA_EMAIL: P.WITHDRAWING,
    }
    assert Message.objects.filter(service="appeals_withdrawn", status="queued").count() == 1


@pytest.mark.urls("config.urls")
def test_the_charity_and_the_force_see_why_and_nobody_resumes_it_until_it_is_agreed_again(
    desk, incident, everywhere
) -> None:
    answered(desk, incident, "no")
    words = [item.words for item in publicity_work(desk.publicity).items]
    assert f"Paused, its photo was refused: appeal {everywhere.reference}" in words
    entry = TimelineEntry.objects.get(kind="appeals.paused")
    assert entry.summary == f"Appeal {everywhere.reference} is paused: its photo is refused"
    assert [one.gate.code for one in judge(facts_of(everywhere)) if not one.met] == ["photo"]
    with pytest.raises(Refused) as refused:
        services.resume(actor=desk.publicity, appeal_id=everywhere.pk)
    assert refused.value.refusal.code == "gate_photo"

    answered(desk, incident, "yes")
    services.resume(actor=desk.publicity, appeal_id=everywhere.pk)
    everywhere.refresh_from_db()
    assert everywhere.status == AppealStatus.LIVE
    assert f"its photo was refused: appeal {everywhere.reference}" not in str(publicity_work(desk.publicity))


def test_an_answer_that_refuses_nothing_pauses_nothing(desk, incident, everywhere) -> None:
    answered(desk, incident, "not_asked")
    answered(desk, incident, "yes")
    everywhere.refresh_from_db()
    assert everywhere.status == AppealStatus.LIVE


def test_a_photo_that_is_not_shown_may_be_refused(desk, incident, everywhere) -> None:
    other = cases.add_photo(
        actor=desk.officer, incident_id=incident.pk, content=jpeg(300, 400), alt_text="Another"
    )
    services.offer_photo(actor=desk.officer, appeal_id=everywhere.pk, photo_reference=other.reference)
    answered(desk, incident, "no", other)
    everywhere.refresh_from_db()
    assert everywhere.status == AppealStatus.LIVE


def test_an_older_backup_does_not_bring_it_back(client, incident, everywhere) -> None:
    photo = Photo.objects.get()
    told = {"photo_id": photo.pk, "incident_id": incident.pk}
    for _ in range(2):
        assert restored.refuse_photo_again(told)
    everywhere.refresh_from_db()
    photo.refresh_from_db()
    assert (everywhere.status, photo.consent) == (AppealStatus.PAUSED, "no")
    assert client.get(f"/appeals/{everywhere.token}/").status_code == 410
    assert not restored.refuse_photo_again(told | {"photo_id": 0})
