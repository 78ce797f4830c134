"""Two people at once, with real threads and real commits: one is first, and nothing shows after a finding."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from appeals import services
from appeals.enums import AppealStatus
from appeals.models import Appeal, Placement, PublicAppeal, TakedownEntry
from missingcases import services as cases
from missingcases.models import Photo
from tests.appeals import making
from tests.appeals.public.photos import live_with_photo
from tests.missingcases.making import located
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")
S = AppealStatus


def test_two_people_publish_at_once(desk, ready) -> None:
    making.outlet()
    done, told = at_once(*[lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk)] * 2)
    assert (done, len(told)) == (1, 1)
    assert sorted(Placement.objects.values_list("outlet__channel", flat=True)) == ["poster", "website"]


def test_published_while_the_person_is_found(desk, ready, incident) -> None:
    making.outlet()
    at_once(
        lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk),
        lambda: located(desk.officer, incident),
    )
    ready.refresh_from_db()
    assert ready.status == S.WITHDRAWN
    assert not PublicAppeal.objects.filter(is_live=True).exists()
    assert not Placement.objects.filter(status="live").exists()


def test_withdrawn_by_both_sides_at_once(desk, live) -> None:
    done, told = at_once(
        lambda: services.withdraw_appeal(
            actor=desk.officer, appeal_id=live.pk, cause="police_veto", reason="A lead."
        ),
        lambda: services.withdraw_appeal(
            actor=desk.publicity, appeal_id=live.pk, cause="staff", reason="Asked to."
        ),
    )
    assert (done, len(told)) == (1, 1)
    assert TakedownEntry.objects.count() == Placement.objects.count()


def test_the_same_form_sent_twice_at_once_is_one_appeal(desk, incident) -> None:
    token = uuid4()
    made = making.details()
    done, _ = at_once(*[lambda: making.asked(desk.officer, incident, form_token=token, content=made)] * 2)
    assert done == 2
    assert Appeal.objects.count() == 1


def test_edited_while_it_is_authorised(desk, appeal) -> None:
    making.checked(desk.publicity, appeal)
    at_once(
        lambda: services.authorise(actor=desk.supervisor, appeal_id=appeal.pk, content_number=1),
        lambda: services.save_content(
            actor=desk.publicity, appeal_id=appeal.pk, details=making.details(age=47), picture_id=None
        ),
    )
    appeal.refresh_from_db()
    assert (appeal.status, appeal.authorised_at) == (S.DRAFT, None)
    assert appeal.contents.count() == 2


def test_consent_taken_back_while_it_is_published(desk, ready) -> None:
    making.outlet()
    at_once(
        lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk),
        lambda: making.consented(desk.publicity, ready, status="withdrawn"),
    )
    ready.refresh_from_db()
    assert ready.status in {S.WITHDRAWN, S.POLICE_AUTHORISED}
    assert not PublicAppeal.objects.filter(is_live=True).exists()


def test_a_photo_that_is_refused_while_somebody_brings_it_back_is_not_shown(
    settings, tmp_path, desk, incident
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    live = live_with_photo(desk, incident)
    photo = Photo.objects.get()
    for _ in range(3):
        services.pause(actor=desk.publicity, appeal_id=live.pk, reason="A while.")
        at_once(
            lambda: services.resume(actor=desk.publicity, appeal_id=live.pk),
            lambda: answered(desk, incident, photo, "no"),
        )
        live.refresh_from_db()
        assert live.status == S.PAUSED
        answered(desk, incident, photo, "yes")
        services.resume(actor=desk.publicity, appeal_id=live.pk)


def answered(desk, incident, photo: Photo, consent: str) -> None:
    cases.set_photo_consent(
        actor=desk.officer,
        incident_id=incident.pk,
        photo_id=photo.pk,
        version=Photo.objects.get(pk=photo.pk).version,
        consent=consent,
        consent_by="Jo Moor",
        consent_on=timezone.localdate(),
    )


def test_found_in_the_moment_an_embargo_ends(desk, ready, incident) -> None:
    making.outlet()
    services.publish_appeal(
        actor=desk.second, appeal_id=ready.pk, embargo_until=timezone.now() + timedelta(hours=1)
    )
    past = timezone.now() - timedelta(minutes=1)
    Placement.objects.update(embargo_until=past, next_at=past)
    at_once(lambda: services.show_due(now=timezone.now()), lambda: located(desk.officer, incident))
    assert not PublicAppeal.objects.filter(is_live=True).exists()
    assert set(Placement.objects.values_list("status", flat=True)) <= {"dropped", "confirmed"}
    assert services.show_due(now=timezone.now()) == 0


def test_two_people_begin_anew_from_the_same_version_at_once(desk, appeal) -> None:
    making.checked(desk.publicity, appeal)
    services.save_content(
        actor=desk.publicity, appeal_id=appeal.pk, details=making.details(age=47), picture_id=None
    )
    appeal.refresh_from_db()
    given = {"appeal_id": appeal.pk, "number": 1, "version": appeal.version}
    done, told = at_once(
        *[
            lambda actor=actor: services.write_again(actor=actor, **given)
            for actor in (desk.publicity, desk.second)
        ]
    )
    assert (done, len(told)) == (1, 1)
    assert appeal.contents.count() == 3


@pytest.mark.parametrize("is_overridden", [True, False])
def test_published_while_a_danger_in_the_family_is_recorded(desk, ready, incident, is_overridden) -> None:
    making.outlet()
    if is_overridden:
        services.override_consent(actor=desk.inspector, appeal_id=ready.pk, reason="Nobody can be reached.")
    at_once(
        lambda: services.publish_appeal(actor=desk.second, appeal_id=ready.pk),
        lambda: cases.set_flag(
            actor=desk.officer,
            incident_id=incident.pk,
            kind="honour_based_abuse",
            status="suspected",
            source="A teacher",
        ),
    )
    ready.refresh_from_db()
    assert (ready.status, ready.override_at) in {(S.PAUSED, None), (S.DRAFT, None)}
    assert not PublicAppeal.objects.filter(is_live=True).exists()
    assert not Placement.objects.filter(status="live").exists()
