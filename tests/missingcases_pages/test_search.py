"""Looking somebody up: found by those who may, and no name comes to stand in an address."""

import pytest

pytestmark = pytest.mark.django_db
LIST = "/incidents/"


def look_for(client, words: str, **filters: str):
    return client.post(LIST, {"q": words, "status": "", **filters})


def test_somebody_is_found_by_name_and_the_address_does_not_hold_it(missing, met_officer, client_of) -> None:
    client = client_of(met_officer)
    answer = look_for(client, "Example", risk="high")
    assert answer.status_code == 302
    assert "Example" not in answer["Location"]
    assert "risk=high" in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert missing.reference in page
    assert 'value="Example"' in page
    assert missing.reference not in client.get(look_for(client, "Nobody")["Location"]).content.decode()


def test_two_windows_side_by_side_keep_what_each_looked_for(missing, met_officer, client_of) -> None:
    client = client_of(met_officer)
    first = look_for(client, missing.reference)["Location"]
    look_for(client, "Nobody")
    assert missing.reference in client.get(first).content.decode()


def test_the_filter_is_taken_away_again(missing, met_officer, client_of) -> None:
    client = client_of(met_officer)
    page = client.get(look_for(client, "Nobody", mine="on")["Location"]).content.decode()
    assert 'href="?mine=on"' in page
    assert look_for(client, "")["Location"].rstrip("?") == LIST


def test_a_name_in_an_address_is_not_looked_for(missing, met_officer, client_of) -> None:
    page = client_of(met_officer).get(f"{LIST}?q=Nobody").content.decode()
    assert missing.reference in page


def test_an_address_passed_on_tells_nobody_what_was_looked_for(
    missing, met_officer, second_met_officer, kent_officer, client_of
) -> None:
    address = look_for(client_of(met_officer), "Example")["Location"]
    assert 'value="Example"' not in client_of(second_met_officer).get(address).content.decode()
    kent = client_of(kent_officer)
    assert missing.reference not in kent.get(address).content.decode()
    assert missing.reference not in kent.get(look_for(kent, "Example")["Location"]).content.decode()


def test_somebody_can_be_looked_up_in_an_outage_too(missing, met_officer, client_of, settings) -> None:
    settings.READ_ONLY = True
    client = client_of(met_officer)
    assert missing.reference in client.get(look_for(client, "Example")["Location"]).content.decode()
