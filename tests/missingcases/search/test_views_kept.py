"""Views that somebody keeps: opened, shared, shown by themselves; never more than the reader may see."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.exceptions import Invalid
from missingcases.search import selectors, services
from missingcases.search.models import SavedView
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def kept(who: Member, **more) -> SavedView:
    values = {"listing": "incidents", "name": "High risk", "answers": {"risk": "high", "q": "Example"}}
    return services.save_view(actor=who.actor, **values | more)


def test_a_view_is_saved_from_the_list_and_opened(met_officer, met_supervisor) -> None:
    high = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    other = world.reported(met_officer.actor, family="Other")
    client = met_officer.sign_in(Client())
    address = client.post("/incidents/", {"q": "Example", "risk": "high"})["Location"]
    given = {"listing": "incidents", "answers": address.split("?")[1]}
    page = client.post("/search/views/save/", given).content.decode()
    assert "Reference or name: Example" in page
    assert client.post("/search/views/save/", {**given, "name": ""}).status_code == 422
    client.post("/search/views/save/", {**given, "name": "Example at high risk"})
    view = SavedView.objects.get()
    assert view.answers == {"q": "Example", "risk": "high"}

    opened = client.get(f"/search/views/{view.reference}/")
    assert "Example" not in opened["Location"]
    page = client.get(opened["Location"]).content.decode()
    assert high.reference in page
    assert other.reference not in page


def test_a_shared_view_shows_each_what_they_may_see(
    met_officer, second_met_officer, kent_officer, authority_worker
) -> None:
    mine = world.reported(met_officer.actor)
    view = kept(met_officer, answers={"q": "Example"}, is_shared=True)
    colleague = second_met_officer.sign_in(Client())
    address = f"/search/views/{view.reference}/"
    assert mine.reference in colleague.get(address, follow=True).content.decode()
    for stranger in (kent_officer, authority_worker):
        assert stranger.sign_in(Client()).get(address).status_code == 404
    assert colleague.post(f"{address}delete/").status_code == 403
    assert selectors.views_for(second_met_officer.actor, "incidents") == [view]


def test_a_view_that_is_not_shared_is_nobody_elses(met_officer, second_met_officer) -> None:
    view = kept(met_officer)
    assert second_met_officer.sign_in(Client()).get(f"/search/views/{view.reference}/").status_code == 404


def test_a_default_view_opens_by_itself_and_can_be_left(met_officer) -> None:
    mine = world.reported(met_officer.actor)
    view = kept(met_officer, answers={"risk": "low"}, is_default=True)
    client = met_officer.sign_in(Client())
    answer = client.get("/incidents/")
    assert view.reference in answer["Location"]
    page = client.get(answer["Location"])
    assert mine.reference not in page.content.decode()
    assert mine.reference in client.get(page.context["clear_href"]).content.decode()
    second = kept(met_officer, name="All", answers={}, is_default=True)
    assert [row.reference for row in SavedView.objects.filter(is_default=True)] == [second.reference]
    assert client.get("/incidents/", follow=True).status_code == 200, "a view without answers goes round once"
    client.post(f"/search/views/{second.reference}/default/")
    assert client.get("/incidents/").status_code == 200


def test_a_name_is_given_once_and_a_view_is_deleted(met_officer) -> None:
    view = kept(met_officer)
    with pytest.raises(Invalid):
        kept(met_officer)
    met_officer.sign_in(Client()).post(f"/search/views/{view.reference}/delete/")
    assert not SavedView.objects.exists()
