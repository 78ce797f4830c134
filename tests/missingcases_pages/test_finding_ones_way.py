"""A first-time officer at night: what to do stands first, nothing waits out of sight, a TextSafe is found."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.html import escape

from missingcases.views import work
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def page(client_of, person, address: str) -> str:
    answer = client_of(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def overview(incident) -> str:
    return reverse("missingcases:overview", args=[incident.reference])


def test_the_menu_leads_to_a_textsafe_for_one_of_the_forces_open_incidents(
    missing, found, met_officer, client_of
) -> None:
    start = reverse("textsafe:start")
    assert f'href="{start}"' in page(client_of, met_officer, "/")
    elsewhere = world.reported(met_officer.actor, "Una", "Unfound")

    shown = page(client_of, met_officer, start)

    assert reverse("textsafe:ask", args=[elsewhere.reference]) in shown
    assert reverse("textsafe:ask", args=[found.reference]) not in shown


def test_another_force_and_the_charity_find_nobody_there(
    missing, kent_officer, caseworker, client_of
) -> None:
    shown = page(client_of, kent_officer, reverse("textsafe:start"))
    assert missing.reference not in shown
    assert "No open incident" in shown
    assert client_of(caseworker).get(reverse("textsafe:start")).status_code == 403


def test_asking_shows_whom_the_text_is_for_and_the_way_back(missing, met_officer, client_of) -> None:
    shown = page(client_of, met_officer, reverse("textsafe:ask", args=[missing.reference]))
    assert escape(missing.person.full_name) in shown
    assert f'href="{overview(missing)}"' in shown


def test_what_to_do_comes_before_what_happened_in_reading_order(missing, met_officer, client_of) -> None:
    shown = page(client_of, met_officer, overview(missing))
    at = [shown.index(words) for words in ("What you can do", "Send a TextSafe</a>", "What happened</h2>")]
    assert at == sorted(at)


def test_what_is_not_for_ones_role_says_whose_it_is(missing, met_officer, client_of) -> None:
    shown = page(client_of, met_officer, overview(missing))
    assert "What you cannot do now, and why" in shown
    assert "This is for a police superintendent." in shown
    assert "Your role does not include" not in shown


def test_my_work_leads_to_everything_of_a_part_that_is_longer_than_it_shows(
    met_officer, met_supervisor, client_of
) -> None:
    made = [world.reported(met_officer.actor, "Nell", f"Number{number}") for number in range(work.SHOWN + 2)]
    first = page(client_of, met_supervisor, "/")
    assert f"Show all {len(made)}: to grade" in first
    assert sum(one.reference in first for one in made) == work.SHOWN

    whole = page(client_of, met_supervisor, "/?all=to_grade")

    assert all(one.reference in whole for one in made)
    assert "Show all" not in whole
