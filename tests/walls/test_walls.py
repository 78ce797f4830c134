"""Every address of the product, tried by those who should find nothing there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client, RequestFactory, override_settings
from django.urls import resolve

from foundation.audit.models import AuditEvent
from missingcases.models import Incident
from tests import worlds
from tests.walls.addresses import pages, tries, words_of
from tests.walls.filled import OF_THE_CHARITY, OF_THE_FORCE, SCRIPT, Filled, fill
from tests.walls.people import founders

pytestmark = pytest.mark.xdist_group("settling")
FORCE, CHARITY = OF_THE_FORCE.split()[0], OF_THE_CHARITY.split()[0]
# With a secret of its own for an argument (the invitation), or only in a system that was restored
# (tests/foundation/backups/test_pages.py).
NOBODYS = {"invitation_link", "partners:open", "backups:release", "backups:withdraw"}
# Pages for everybody, signed in or not.
OPEN = {
    "accessibility",
    "help",
    "robots",
    "health",
    "ready",
    "metrics",
    "health_live",
    "health_ready",
    "components",
    "components_progress",
    "invitation",
    # A partner without accounts comes by a link and a code (tests/partners/test_links.py).
    *("partners:link_code", "partners:link", "partners:link_verb", "partners:link_done", "partners:leave"),
    # An organisation's own sign-in is for those who are not signed in (tests/foundation/single_sign_on).
    "single_sign_on:find",
    # A phone asks by the token of its copy (tests/rhi/interviews/test_phones.py).
    "interviews:standing",
    "single_sign_on:first_time",
    "single_sign_on:tie",
    "single_sign_on:go",
    "single_sign_on:back",
}
# A phone asks with the token that its copy was given with, whoever is signed in (tests/rhi/interviews).
PROVEN_OTHERWISE = {"interviews:standing"}


class Door(CsrfViewMiddleware):
    """The middleware that asks for the token, but for the page that says so."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


DOOR = Door(lambda request: HttpResponse())
# About everybody: guides, areas, the rules of domain.md, and deliveries, which name no person or incident.
SHARED = {"guide", "places:area", "missingcases:action_rule", "missingcases:review_rule", "events:try_again"}
# The directory of partners is for whoever refers, in whatever force.
SHARED |= {"partners:partner", "partners:edit"}
# Each force's own figures stand at the same address.
FIGURES = {
    *("boards:board_file", "boards:clock", "boards:clock_file", "learning:file", "supported:file"),
    *("national:file", "national:check", "reports:download", "reports:behind"),
}


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Filled]:
    """The Met's and the charity's, with a script in every box."""
    folder = str(tmp_path_factory.mktemp("media"))
    with worlds.kept(django_db_blocker), override_settings(MEDIA_ROOT=folder):
        by = founders()
        yield fill(by.officer, by.supervisor, by.caseworker, by.manager)


@pytest.fixture
def any_database(filled: Filled) -> Iterator[None]:
    """Everything that a test does in the world is undone at its end."""
    with worlds.undone():
        yield


def test_every_page_that_takes_an_argument_is_tried(filled: Filled) -> None:
    assert {name for name, wanted in pages().items() if wanted} - set(filled.addresses) == NOBODYS


@pytest.mark.usefixtures("any_database")
def test_a_visitor_is_sent_to_sign_in_whatever_they_try(filled: Filled) -> None:
    client = Client()
    for name, address in filled.addresses.items():
        if name in OPEN:
            continue
        for answer in tries(client, address):
            assert answer.status_code == 302, (name, answer.status_code)
            assert answer["Location"].startswith("/accounts/login/"), name
            assert filled.incident.person.family_name not in words_of(answer)


@pytest.mark.parametrize("who", ["everybody_at_kent", "everybody_at_croydon"])
def test_another_body_finds_nothing_at_any_address_and_changes_nothing(filled: Filled, who, request) -> None:
    stranger = request.getfixturevalue(who)
    client = stranger.sign_in(Client())
    recorded = AuditEvent.objects.count()  # signing in is
    reached = {}
    for name, address in filled.addresses.items():
        if not pages()[name] or name in SHARED | FIGURES:
            continue
        for answer in tries(client, address):
            text = words_of(answer)
            assert FORCE not in text, name
            assert CHARITY not in text, name
            if answer.status_code not in {403, 404, 405}:
                reached[name] = answer.status_code
    assert reached == {}
    assert AuditEvent.objects.count() == recorded
    for name in FIGURES:
        for answer in tries(client, filled.addresses[name]):
            text = words_of(answer)
            assert FORCE not in text, name
            assert CHARITY not in text, name


def test_other_bodies_lists_and_counts_hold_nothing_of_it(
    filled: Filled, everybody_at_kent, everybody_at_croydon
) -> None:
    for stranger in (everybody_at_kent, everybody_at_croydon):
        client = stranger.sign_in(Client())
        for name, address in filled.addresses.items():
            if not pages()[name]:
                text = words_of(client.get(address))
                assert FORCE not in text, name
                assert CHARITY not in text, name
                assert filled.incident.reference not in text, name


def only_look(client: Client, address: str) -> list[HttpResponse]:
    """As `tries`, for those who may change what the others are about to be asked for."""
    return [client.get(address)]


@pytest.mark.parametrize(
    ("who", "ask", "not_theirs"),
    [("everybody_at_met", only_look, CHARITY), ("everybody_at_charity", tries, FORCE)],
    ids=["the police, of what was told in confidence", "the charity, of the record"],
)
def test_each_side_reads_no_word_of_the_others_and_a_script_is_shown_and_never_run(
    filled: Filled, who, ask, not_theirs, request
) -> None:
    client = request.getfixturevalue(who).sign_in(Client())
    shown = set()
    for name, address in filled.addresses.items():
        for answer in ask(client, address):
            text = words_of(answer)
            assert not_theirs not in text, name
            if "html" not in answer.get("Content-Type", ""):
                continue
            assert "<img src=x" not in text, name
            assert "<script>alert" not in text, name
            policy = answer["Content-Security-Policy"]
            assert "script-src 'self'" in policy or policy.startswith("default-src 'none'"), name
            if "&lt;img src=x" in text:
                shown.add(name)
    assert shown
    assert SCRIPT


@pytest.mark.parametrize("who", ["everybody_at_met", "everybody_at_charity"])
def test_no_page_breaks_at_nonsense(filled: Filled, who, request) -> None:
    """Fields nobody asked for, bytes that are no text, numbers too large: an answer, never a crash."""
    client = request.getfixturevalue(who).sign_in(Client())
    client.raise_request_exception = False
    nonsense = "?after=99999999999999999999999&before=%00&kind=%ff&q=%00&page=-1&show=%27&about=x&status=zz"
    broken = []
    for name, address in filled.addresses.items():
        wanted = {"status": "closed", "owner": "2", "owner_id": "2", "is_superuser": "1", "version": "9" * 30}
        for answer in (client.get(address + nonsense), client.post(address, wanted)):
            if answer.status_code >= 500:
                broken.append((name, answer.status_code))
    assert broken == []
    before = filled.incident
    after = Incident.objects.get(pk=before.pk)
    assert (after.owner_id, after.status) == (before.owner_id, before.status)


def test_no_form_is_taken_without_its_token(filled: Filled, everybody_at_met) -> None:
    client = everybody_at_met.sign_in(Client(enforce_csrf_checks=True))
    before = AuditEvent.objects.count()
    for name, address in filled.addresses.items():
        if name in PROVEN_OTHERWISE:
            continue
        answer = client.post(address, {"reason": "Because", "text": "x"})
        assert answer.status_code in {403, 405}, (name, answer.status_code)
        for method in ("PUT", "PATCH", "DELETE"):
            if not is_turned_back(method, address):
                assert client.generic(method, address).status_code == 405, (method, name)
    for method in (client.put, client.patch, client.delete):
        assert method(filled.addresses["missingcases:overview"]).status_code == 403
    assert AuditEvent.objects.count() == before


def is_turned_back(method: str, address: str) -> bool:
    """What the middleware that asks for the token says of a view, with no request made and no page drawn."""
    match = resolve(address)
    asked = RequestFactory().generic(method, address)
    return DOOR.process_view(asked, match.func, match.args, match.kwargs) is not None
