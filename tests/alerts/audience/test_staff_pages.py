"""The pages of the charity's managers; nobody else's, and no address on any of them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from alerts.audience import services
from alerts.audience.models import ListImport, PostcodeDistrict, Subscriber, Subscription
from alerts.audience.services import lists
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from tests.alerts.audience.conftest import subscribe

pytestmark = pytest.mark.django_db
CSV = b"""address,place,language,consented_on,consent
p@people.test,SW99,en,2025-03-01,Form
x,SW99,en,2025-03-01,F
"""


@pytest.fixture(autouse=True)
def media(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_overview_counts_by_place_and_way_and_shows_no_address(london, client, duty_manager) -> None:
    page = duty_manager.sign_in(client).get(reverse("audience:overview")).content.decode()
    assert "Nobody gets alerts yet" in page
    for n in range(3):
        subscribe(f"p{n}@people.test", [london["Northborough"]])
    subscribe("07700 900123", [london["Greatham"]], channel="sms")
    services.count_month(month=Subscriber.objects.first().created_at.date().replace(day=1))
    page = client.get(reverse("audience:overview")).content.decode()
    assert "Northborough (borough)" in page
    assert "4 subscriptions to places" in page
    assert "people.test" not in page
    assert "900123" not in page
    assert "Month by month" in page


@pytest.mark.parametrize("name", ["overview", "lists", "testers", "systems"])
def test_nobody_else_sees_them(london, client, caseworker, met_superintendent, name) -> None:
    for who in (caseworker, met_superintendent):
        assert who.sign_in(client).get(reverse(f"audience:{name}")).status_code == 403


def test_a_forces_administrator_is_refused(london, client, met_administrator) -> None:
    met_administrator.sign_in(client)
    assert client.get(reverse("audience:overview")).status_code == 403
    assert client.get(reverse("audience:districts")).status_code == 403
    assert client.get(reverse("audience:list", args=["AL-00000000"])).status_code == 404


def test_a_list_through_its_pages(london, client, duty_manager) -> None:
    duty_manager.sign_in(client)
    here = reverse("audience:lists")
    given = {"partner": "Village watch", "evidence": "Their form"}
    page = client.post(here, given)
    assert (page.status_code, "Choose a file" in page.content.decode()) == (422, True)
    assert "Village watch" in page.content.decode()
    answer = client.post(here, {**given, "file": SimpleUploadedFile("list.csv", CSV)}, follow=True)
    assert "Nobody is added yet" in answer.content.decode()
    row = ListImport.objects.get()
    lists.run(list_id=row.pk)
    page = client.get(reverse("audience:list", args=[row.reference])).content.decode()
    assert "Add them?" in page
    assert "neither a UK mobile number nor an e-mail address" in page
    errors = client.get(reverse("audience:list_errors", args=[row.reference]))
    assert b"".join(errors.streaming_content).decode().splitlines()[1].startswith("3,address,")
    answer = client.post(reverse("audience:confirm_list", args=[row.reference]), follow=True)
    assert "being added" in answer.content.decode()
    answer = client.post(reverse("audience:confirm_list", args=[row.reference]), follow=True)
    assert "only once" in answer.content.decode()
    lists.run(list_id=row.pk)
    assert Subscriber.objects.count() == 1
    answer = client.post(reverse("audience:drop_list", args=[row.reference]), follow=True)
    assert "cannot be done" in answer.content.decode()
    assert row.reference in client.get(here).content.decode()


def test_a_list_is_dropped_by_its_page(london, client, duty_manager) -> None:
    duty_manager.sign_in(client)
    given = {"partner": "V", "evidence": "F", "file": SimpleUploadedFile("list.csv", CSV)}
    client.post(reverse("audience:lists"), given)
    row = ListImport.objects.get()
    lists.run(list_id=row.pk)
    answer = client.post(reverse("audience:drop_list", args=[row.reference]), follow=True)
    assert "its file is deleted" in answer.content.decode()


def test_who_gets_rehearsals_is_named_by_hand_and_gets_nothing_else(london, client, duty_manager) -> None:
    duty_manager.sign_in(client)
    here = reverse("audience:testers")
    given = {
        "channel": "email",
        "to": "manager@charity.test",
        "area": "Northborough",
        "language": "en",
        "consent": "Our duty manager, by e-mail",
    }
    page = client.post(here, {**given, "area": ""})
    assert (page.status_code, "Enter the area" in page.content.decode()) == (422, True)
    assert client.post(here, {**given, "to": "x"}).status_code == 422
    assert client.post(here, given).status_code == 302
    assert "already" in client.post(here, given).content.decode()
    row = Subscription.objects.get()
    assert (row.bucket.is_test, row.bucket.active) == (True, 1)
    page = client.get(here).content.decode()
    assert "Our duty manager" in page
    assert "manager@charity.test" not in page
    # The same person signs up like everybody.
    subscribe("manager@charity.test", [london["Northborough"]])
    assert Subscriber.objects.count() == 2
    number = Subscriber.objects.get(is_test=True).pk
    assert client.post(reverse("audience:remove_tester", args=[number])).status_code == 302
    assert client.post(reverse("audience:remove_tester", args=[number])).status_code == 404
    assert Subscription.objects.filter(status="active").count() == 1


def test_a_real_subscriber_is_not_removed_by_hand(london, duty_manager, caseworker) -> None:
    person = subscribe("p@people.test", [london["Northborough"]])
    with pytest.raises(NotVisible):
        services.remove_tester(actor=duty_manager.actor, subscriber_id=person.pk)
    facts = {"channel": "email", "to": "t@people.test", "language": "en", "consent": "Said so"}
    with pytest.raises(Refused):
        services.add_tester(actor=caseworker.actor, area_ids=[london["Greatham"].pk], **facts)
    with pytest.raises(Refused):
        services.add_tester(actor=duty_manager.actor, area_ids=[], **facts)
    for change in ({"to": "nobody"}, {"consent": " "}):
        with pytest.raises(Invalid):
            services.add_tester(
                actor=duty_manager.actor, area_ids=[london["Greatham"].pk], **{**facts, **change}
            )


TABLE = (
    b"district,area\nZZ1,t-northborough\nSW99,t-southborough\nZZ1,t-greatham\nZZZ,t-greatham\nZZ2,nowhere\n"
)


def test_the_table_of_districts_is_checked_then_loaded(london, client, administrator) -> None:
    administrator.sign_in(client)
    here = reverse("audience:districts")
    before = PostcodeDistrict.objects.count()
    page = client.post(here, {"what": "check", "file": SimpleUploadedFile("t.csv", TABLE)}).content.decode()
    assert "Nothing is changed yet" in page
    assert "1 new, 1 changed, 0 the same, 3 bad" in page
    assert PostcodeDistrict.objects.count() == before
    page = client.post(here, {"what": "load", "file": SimpleUploadedFile("t.csv", TABLE)}).content.decode()
    assert "The table is loaded" in page
    assert PostcodeDistrict.objects.get(code="SW99").area == london["Southborough"]
    page = client.post(here, {"what": "load", "file": SimpleUploadedFile("t.csv", b"a,b\n")}).content.decode()
    assert "it has no district, area" in page


def test_a_manager_does_not_load_the_table(london, client, duty_manager) -> None:
    assert duty_manager.sign_in(client).get(reverse("audience:districts")).status_code == 403


def test_the_table_is_loaded_from_the_command_line(london, tmp_path, capsys) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"district,area\nZZ1,t-northborough\n")
    call_command("load_districts", str(path), "--dry-run")
    assert "1 would be new" in capsys.readouterr().out
    call_command("load_districts", str(path))
    assert PostcodeDistrict.objects.filter(code="ZZ1").exists()
    path.write_bytes(TABLE)
    with pytest.raises(CommandError):
        call_command("load_districts", str(path))
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError):
        call_command("load_districts", str(path))
    with pytest.raises(CommandError):
        call_command("load_districts", str(tmp_path / "none.csv"))
