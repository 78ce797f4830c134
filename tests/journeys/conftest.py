"""People of their own for each journey, each in a browser window of their own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from tests import fixtures_processes as processes
from tests.cast import Member, member
from tests.fixtures_processes import PATIENCE, Stack

Opens = Callable[..., Any]


@dataclass(frozen=True)
class World:
    """The people of one journey. `tag` makes every name in it its own."""

    tag: str
    officer: Member
    supervisor: Member
    other_force: Member
    caseworker: Member
    manager: Member

    @property
    def family_name(self) -> str:
        """Of whoever is missing in this journey."""
        return f"Quill{self.tag}"


@pytest.fixture
def world(live_stack: Stack) -> World:
    """Two forces and the charity, on the running product."""
    tag = secrets.token_hex(3)
    met, kent, charity = (
        Organisation.objects.get(code=code) for code in ("metropolitan", "kent", "missing-people")
    )

    def one(mailbox: str, name: str, place: Organisation, role: Role) -> Member:
        return member(f"{mailbox}-{tag}@{place.code}.example", name, place, role)

    return World(
        tag=tag,
        officer=one("officer", "Asha Okoro", met, Role.POLICE_OFFICER),
        supervisor=one("supervisor", "Dilys Probert", met, Role.POLICE_SUPERVISOR),
        other_force=one("officer", "Neil Hargreaves", kent, Role.POLICE_SUPERVISOR),
        caseworker=one("caseworker", "Maya Lindqvist", charity, Role.CHARITY_CASEWORKER),
        manager=one("manager", "Grace Adeyemi", charity, Role.CHARITY_MANAGER),
    )


@pytest.fixture
def window(browser: Any, live_stack: Stack, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """`window(member)` opens a browser of their own, signed in; `window()` one of nobody's.

    A script error or a refused script or style fails the test, a failed test keeps its pictures.
    """
    problems: list[str] = []
    opened: list[Any] = []

    def open_(person: Member | None = None, *, base: str = "", scripts: bool = True, **more: Any) -> Any:
        context = browser.new_context(
            base_url=base or live_stack.staff,
            locale="en-GB",
            timezone_id="Europe/London",
            java_script_enabled=scripts,
            **more,
        )
        context.set_default_timeout(PATIENCE)
        if person is not None:
            client = person.sign_in(Client())
            context.add_cookies(
                [
                    {"name": name, "value": found.value, "url": live_stack.staff}
                    for name, found in client.cookies.items()
                ]
            )
        # Of the whole window, so that a tab opened later is watched too.
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("console", lambda said: processes.keep_refusals(said.text, problems))
        opened.append(context)
        return context.new_page()

    yield open_
    for number, context in enumerate(opened):
        if request.node.stash.get(processes.FAILED, False):
            for tab in context.pages:
                processes.keep_picture(tab, f"{number}-{request.node.name}")
        context.close()
    assert problems == []


@pytest.fixture
def number(live_stack: Stack) -> str:
    """A drama-range number nobody has used: one text a day goes to a number, and a STOP lasts."""
    from foundation.messaging import numbers
    from foundation.messaging.enums import Channel
    from missingcases.models import Phone

    for tail in range(500, 900):
        found = f"+447700900{tail}"
        known = Phone.objects.filter(number_key=numbers.key_of(Channel.SMS, found)).exists()
        if not known and not live_stack.provider.texts(to=found):
            return found
    raise AssertionError("every number of the range is taken")
