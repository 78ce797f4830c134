"""Versions: who wrote which, what each changed, and beginning anew from an earlier one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from appeals import services
from appeals.differences import differences, pieces
from appeals.enums import AppealStatus
from appeals.models import Appeal, Placement
from appeals.selectors import versions_of
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from tests.appeals import making, outlets
from tests.appeals.public.photos import BOTH, live_with_photo
from tests.cast import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(desk, appeal) -> Appeal:
    """Taken up, and written a second time with other words and in Welsh."""
    making.checked(desk.publicity, appeal)
    second = making.details(age=47, wordings=(*BOTH, services.Words(audience="social", description="Seen?")))
    services.save_content(
        actor=desk.publicity, appeal_id=appeal.pk, details=second, picture_id=None, version=None
    )
    appeal.refresh_from_db()
    return appeal


def said(appeal: Appeal, number: int) -> dict[str, object]:
    content = appeal.contents.get(number=number)
    words = sorted(
        content.wordings.values_list(
            "language", "audience", "region_id", "headline", "description", "clothing"
        )
    )
    kept = ("first_name", "surname", "show_surname", "age", "missing_since", "area_id", "picture_id")
    return {name: getattr(content, name) for name in (*kept, "alt_text", "alt_text_cy")} | {"words": words}


def open_page(member: Member, appeal: Appeal, name: str = "versions", *args: object) -> Any:
    return member.sign_in(Client()).get(reverse(f"appeals:{name}", args=[appeal.reference, *args]))


def test_an_earlier_version_is_written_again_and_none_is_changed(desk, edited) -> None:
    before = said(edited, 1), said(edited, 2)
    content = services.write_again(actor=desk.second, appeal_id=edited.pk, number=1)
    assert content.number == 3
    assert said(edited, 3) == said(edited, 1)
    assert (said(edited, 1), said(edited, 2)) == before
    assert content.made_by_id == desk.second.user_id
    edited.refresh_from_db()
    assert edited.prepared_by_id == desk.second.user_id  # so that somebody else publishes it
    assert AuditEvent.objects.filter(action="appeals.content_written", target_id=content.pk).count() == 1


def test_its_picture_comes_back_with_it(settings, tmp_path, desk, incident) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    live = live_with_photo(desk, incident)
    Appeal.objects.filter(pk=live.pk).update(status=AppealStatus.DRAFT)
    services.save_content(actor=desk.publicity, appeal_id=live.pk, details=making.details(), picture_id=None)
    content = services.write_again(actor=desk.publicity, appeal_id=live.pk, number=2)
    assert said(live, content.number) == said(live, 2)
    assert content.picture_id is not None
    newest, third, second, _ = versions_of(live)
    number = {content.picture_id: 1}
    assert {one.label for one in differences(third, newest, pictures=number)} >= {"Picture", "Photo in words"}
    assert differences(second, newest, pictures=number) == []


def test_what_was_authorised_and_scheduled_falls_back_as_after_any_edit(desk, edited) -> None:
    making.consented(desk.publicity, edited)
    making.authorised(desk.supervisor, edited)
    making.outlet()
    outlets.publish(desk, edited, publish_at=making.tomorrow())
    services.write_again(actor=desk.publicity, appeal_id=edited.pk, number=1)
    edited.refresh_from_db()
    assert (edited.status, edited.authorised_at, edited.publish_at) == (AppealStatus.DRAFT, None, None)
    assert set(Placement.objects.values_list("status", flat=True)) == {"dropped"}


def test_what_cannot_be_begun_from_says_why(desk, edited, met_officer) -> None:
    with pytest.raises(Invalid):
        services.write_again(actor=desk.publicity, appeal_id=edited.pk, number=2)
    with pytest.raises(NotVisible):
        services.write_again(actor=desk.publicity, appeal_id=edited.pk, number=9)
    with pytest.raises(Conflict):
        services.write_again(actor=desk.publicity, appeal_id=edited.pk, number=1, version=1)
    with pytest.raises(Refused):
        services.write_again(actor=desk.officer, appeal_id=edited.pk, number=1)
    assert edited.contents.count() == 2


def test_what_is_live_is_not_begun_anew(desk, live) -> None:
    with pytest.raises(Refused):
        services.write_again(actor=desk.publicity, appeal_id=live.pk, number=1)


def test_the_page_says_who_wrote_which_and_what_it_changed(
    edited, publicity_officer, met_officer, kent_officer
) -> None:
    html = open_page(publicity_officer, edited).content.decode()
    assert html.index("Version 2, the newest") < html.index(">Version 1<")
    for name in (publicity_officer.user.full_name, met_officer.user.full_name):
        assert f"by {name}" in html
    assert ">46</del>" in html
    assert ">47</ins>" in html
    assert "Description, social media, English" in html
    assert html.count("Start a new draft from this version") == 1
    police = open_page(met_officer, edited).content.decode()
    assert "Start a new draft" not in police
    assert ">47</ins>" in police
    assert open_page(kent_officer, edited).status_code == 404


def test_a_version_is_begun_anew_by_its_button(edited, publicity_officer) -> None:
    client = publicity_officer.sign_in(Client())
    address = reverse("appeals:write_again", args=[edited.reference, 1])
    answer = client.post(address, {"version": edited.version}, follow=True)
    assert "What version 1 says is the newest version now" in answer.content.decode()
    assert said(edited, 3) == said(edited, 1)
    stale = client.post(address, {"version": edited.version}, follow=True)
    assert "Somebody else changed this appeal meanwhile" in stale.content.decode()
    assert edited.contents.count() == 3


def test_differences_are_told_word_by_word(edited) -> None:
    newest, first = versions_of(edited)
    found = {one.label: one for one in differences(first, newest, pictures={})}
    assert [(one.kind, one.words) for one in found["Age"].pieces] == [("before", "46"), ("after", "47")]
    assert found["Description, everybody, Welsh"].language == "cy"
    assert "First name" not in found
    assert {one.label for one in differences(None, first, pictures={})} >= {
        "First name",
        "Age",
        "Area",
        "Missing since",
    }
    assert differences(first, first, pictures={}) == []


def test_a_text_that_changed_is_one_text() -> None:
    found = pieces("Robin wears a red coat.", "Robin wears a blue coat today.")
    assert "".join(one.words for one in found if one.kind != "after") == "Robin wears a red coat."
    assert "".join(one.words for one in found if one.kind != "before") == "Robin wears a blue coat today."
    assert ("before", "red") in [(one.kind, one.words) for one in found]


def test_markup_in_a_version_is_words(desk, edited, publicity_officer) -> None:
    evil = "<script>alert(1)</script>"
    details = making.details(description=evil)
    services.save_content(actor=desk.publicity, appeal_id=edited.pk, details=details, picture_id=None)
    html = open_page(publicity_officer, edited).content.decode()
    assert evil not in html
    assert "&lt;script&gt;" in html


def test_more_versions_ask_no_more_often(
    desk, edited, publicity_officer, django_assert_max_num_queries
) -> None:
    for age in range(30, 36):
        services.save_content(
            actor=desk.publicity, appeal_id=edited.pk, details=making.details(age=age), picture_id=None
        )
    client = publicity_officer.sign_in(Client())
    with django_assert_max_num_queries(30):
        client.get(reverse("appeals:versions", args=[edited.reference]))
