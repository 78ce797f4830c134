"""Every page each kind of user can reach by following links, in a real browser: full, empty, with errors.

axe at desk width, no sideways scrolling at phone width, no script error, no refused style or script. Every
page is drawn, and drawn again for somebody else where it has a part that none drawn before had; axe reads
what has a part that it never read (`parts.py`). Every form is sent empty, and in the browser where its answer
has a part that none before had (`sending.py`). `HARBOUR_EVERY_PAGE=1` draws each for every kind of
organisation and each with axe; so does `HARBOUR_SHOTS=folder`, which keeps a picture of each page at both
widths, to be looked at.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.accounts import demo_people
from foundation.accounts.demo import PEOPLE, DemoPerson
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation, User
from tests.cast import Member, member, organisation
from tests.fixtures_processes import Stack
from tests.ui.drawing import Seen, look_at
from tests.ui.full import Full, fill
from tests.ui.parts import parts_of
from tests.ui.sending import forms_on, is_to_be_seen, sent_by_hand, sent_empty
from tests.ui.unlinked import MAY_STAY_EMPTY, NEVER_LINKED
from tests.ui.walking import Walk, every_view, walk

BY_MAILBOX = {person.mailbox: person for person in PEOPLE}


@pytest.fixture(scope="session")
def shared() -> Seen:
    return Seen()


@pytest.fixture
def seen(live_stack: Stack, shared: Seen) -> Seen:
    """The data people are shown, and something on every page, made once on the shared stack."""
    if shared.made is None:
        demo_people.build()
        shared.made = fill(live_stack)
    return shared


def in_browser(person: DemoPerson) -> Member:
    user = User.objects.get(email=person.email)
    return Member(user, Organisation.objects.get(code=person.organisation))


def told(person: DemoPerson, made: Full) -> tuple[str, ...]:
    """Addresses somebody has from elsewhere: a reference from a colleague, the page after a save."""
    if person.mailbox == "met.officer":
        return (f"/incidents/{made.found}/found/after/", reverse("textsafe:request", args=[made.waiting]))
    if person.mailbox == "met.supervisor":
        # What a filter and a tab lead to, and links that stand differently. The lists hold more incidents
        # than the walk opens, so it is told of the one in each state.
        incidents = [f"/incidents/{reference}/" for reference in made.states]
        sight = f"/incidents/{made.restricted}/people/"
        stands = tuple(f"/links/{reference}/" for reference in made.links)
        return (*incidents, sight, "/incidents/?status=any", "/people/duplicates/?show=put-off", *stands)
    if person.mailbox == "met.coordinator":
        return tuple(f"/incidents/{reference}/services/" for reference in made.returned)
    if person.mailbox == "charity.manager":
        # The board shows the most pressing referrals first, and other tests' stand on it too.
        return (f"/incidents/{made.released}/", reverse("interviews:interview", args=[made.completed]))
    if person.mailbox == "charity.caseworker":
        return (f"/incidents/{made.released}/",)
    return ()


def walked(seen: Seen, base: str, person: DemoPerson) -> Walk:
    """Where that person's links lead, followed once."""
    if person.mailbox not in seen.walks:
        assert seen.made is not None
        seen.walks[person.mailbox] = walk(in_browser(person), base, told(person, seen.made))
    return seen.walks[person.mailbox]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.mailbox)
def test_every_page_they_can_reach_is_accessible_and_fits(seen, page_of, live_stack, person):
    found = walked(seen, live_stack.staff, person)
    assert found.broken == []
    page = page_of(in_browser(person))
    kind = Organisation.objects.get(code=person.organisation).kind
    problems = []
    for number, (view, address) in enumerate(found.pages(most=MOST_DRAWN)):
        whose = "everybody" if view.startswith(SAME_FOR_ALL) else kind
        drawn = (whose, f"{view} {address}" if view in DIFFER else view)
        if drawn in seen.drawn:
            continue
        seen.drawn.add(drawn)
        if not seen.is_to_draw(view, found.text_of(address)):
            continue
        picture = f"{person.mailbox}-{number:02}-{view}"
        problems += look_at(page, live_stack.staff + address, picture, seen.read)
    assert problems == []
    opened = {view for view, addresses in found.opened.items() if addresses}
    assert opened <= seen.views, "every page is drawn at least once"


MOST_DRAWN = 9
# Pages about oneself and the product: the same whoever opens them, with data and without.
SAME_FOR_ALL = ("account_", "mfa", "mine", "usersessions", "help", "accessibility", "places")
# Pages whose parts depend on what they are about: each one opened is drawn.
DIFFER = {
    "work",
    "missingcases:overview",
    "missingcases:release",
    "textsafe:screen",
    "textsafe:concern",
    "appeals:show",
    "appeals:ledger",
    "alerts:room",
    "partners:referral",
}


def test_no_page_escapes(seen, live_stack):
    offered = set()
    for person in PEOPLE:
        offered |= walked(seen, live_stack.staff, person).offered
    never = every_view() - offered
    assert never - set(NEVER_LINKED) == set(), "no link leads there"
    assert set(NEVER_LINKED) <= every_view()


@pytest.mark.parametrize(
    "mailbox",
    [
        *("met.officer", "met.superintendent", "charity.caseworker", "charity.manager"),
        *("charity.interviewer", "charity.administrator", "lambeth.worker"),
        *("met.coordinator", "partner.worker"),
    ],
)
def test_a_form_sent_empty_says_what_is_missing_accessibly(seen, page_of, live_stack, mailbox):
    person = BY_MAILBOX[mailbox]
    page = page_of(in_browser(person))
    problems, tried = [], 0
    found = walked(seen, live_stack.staff, person)
    for view, address in found.pages():
        if ("empty", view) in seen.drawn or view in MAY_STAY_EMPTY or address not in found.asking:
            continue
        seen.drawn.add(("empty", view))
        for number, answer in enumerate(sent_by_hand(found.session, live_stack.staff + address)):
            tried += 1
            if answer.status_code >= 500:
                problems.append(f"{address} answers {answer.status_code} to an empty form")
            elif is_to_be_seen(answer, seen.answers):
                if number < forms_on(page, live_stack.staff + address):
                    problems += sent_empty(page, number, f"{mailbox}-error-{view}", seen.read)
                else:
                    problems.append(f"{address} took an empty form {number} without a word")
    assert problems == []
    assert tried


EMPTY_FORCE = (Role.POLICE_OFFICER, Role.POLICE_SUPERINTENDENT, Role.ADMINISTRATOR, Role.AUDITOR)
EMPTY = {
    "force": (OrganisationKind.POLICE_FORCE, EMPTY_FORCE),
    "charity": (OrganisationKind.CHARITY, (Role.CHARITY_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR)),
    "authority": (OrganisationKind.LOCAL_AUTHORITY, (Role.LOCAL_AUTHORITY,)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_page_with_nothing_on_it_is_accessible_and_says_what_to_do(live_stack, shared, page_of, name):
    kind, roles = EMPTY[name]
    place = organisation(f"nothing-yet-{name}", kind, f"Nothing Yet {name.title()}")
    person = member(f"first@nothing-yet-{name}.example", "Kit First", place, *roles)
    found = walk(person, live_stack.staff)
    assert found.broken == []
    page = page_of(person)
    problems = []
    for number, (view, address) in enumerate(found.pages()):
        if ("nothing", view) in shared.drawn or view.startswith((*SAME_FOR_ALL, "accounts")):
            continue
        shared.drawn.add(("nothing", view))
        if shared.parts.takes(parts_of(found.text_of(address))):
            picture = f"empty-{name}-{number:02}-{view}"
            problems += look_at(page, live_stack.staff + address, picture, shared.read)
    assert problems == []
    # Nothing of anybody else is there: an organisation of its own sees no incident of the others.
    assert "missingcases:overview" not in found.opened or not found.opened["missingcases:overview"]
