"""A new incident is on every open desk within three seconds, measured (full size: `dev.py bench desk`)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from benchmarks.desk import measuring
from foundation.accounts.enums import Role
from tests.cast import Member, member
from tests.fixtures_processes import Stack
from tests.journeys.conftest import World
from tests.missingcases import making
from tests.processes import ROOT

CLIENTS = int(os.environ.get("HARBOUR_DESK_CLIENTS", "10"))
INCIDENTS = int(os.environ.get("HARBOUR_DESK_INCIDENTS", "4"))
LIMIT_SECONDS = 3.0
MOST_CONNECTIONS = 30
APART_SECONDS = 2.3  # no multiple of the poll, so that incidents fall anywhere between two
WARM_SECONDS = 5.0
WATCH = """() => {
    window.deskSeen = {};
    const note = () => {
        for (const button of document.querySelectorAll("[data-desk] button[name=incident]"))
            window.deskSeen[button.value] ??= Date.now() / 1000;
    };
    new MutationObserver(note).observe(document.querySelector("[data-part=board]"), {childList: true});
    note();
}"""


def cookie_of(person: Member) -> str:
    """The Cookie header of somebody signed in."""
    client = person.sign_in(Client())
    return "; ".join(f"{name}={found.value}" for name, found in client.cookies.items())


def people(world: World) -> list[Member]:
    """Officers of one force, each at a desk of their own."""
    met, tag = world.officer.organisation, world.tag
    return [
        member(f"desk-{tag}-{number}@met.example", f"Desk {number}", met, Role.POLICE_OFFICER)
        for number in range(CLIENTS)
    ]


def open_screens(stack: Stack, world: World, seconds: float, told: Path) -> subprocess.Popen[str]:
    """The screens, started. They write to a file: a pipe that nobody empties would hold them up."""
    cookies = [cookie_of(person) for person in people(world)]
    parts = urlsplit(stack.staff)
    argv = [sys.executable, "-m", "benchmarks.desk.screens", str(parts.hostname), str(parts.port)]
    argv.append(str(seconds))
    started = subprocess.Popen(argv, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=told.open("w"))
    assert started.stdin is not None
    started.stdin.write("\n".join(cookies) + "\n")
    started.stdin.close()
    started.stdin = None
    return started


def test_a_new_incident_is_on_every_open_screen_within_three_seconds(
    live_stack: Stack, world: World, window: Any, tmp_path: Path
) -> None:
    page = window(world.officer)
    page.goto("/desk/")
    page.evaluate(WATCH)
    seconds = WARM_SECONDS + INCIDENTS * APART_SECONDS + LIMIT_SECONDS + 2
    screens = open_screens(live_stack, world, seconds, tmp_path / "told")
    web = live_stack.processes.running["staff"].pid
    result = measuring.Result(screens=CLIENTS + 1, incidents=INCIDENTS)
    reported: dict[str, float] = {}
    time.sleep(WARM_SECONDS)
    with measuring.most_connections(live_stack.database_url) as most:
        used, began = measuring.cpu_seconds(web), measuring.now()
        for _ in range(INCIDENTS):
            incident = making.report(world.officer.actor, family_name=world.family_name)
            reported[incident.reference] = measuring.now()
            page.wait_for_timeout(APART_SECONDS * 1000)
        assert screens.wait(timeout=60) == 0
        result.seconds = measuring.now() - began
        result.cpu_seconds = measuring.cpu_seconds(web) - used
    first, polls = measuring.told((tmp_path / "told").read_text().splitlines())
    # The polls of the warm-up belong to the seconds before.
    result.polls = int(polls * result.seconds / seconds)
    result.connections = most[0]
    in_browser = page.evaluate("window.deskSeen")
    for reference, at in reported.items():
        seen = [moment - at for moment in first.get(reference, {}).values()]
        result.seen += seen
        if reference in in_browser:
            result.browser.append(in_browser[reference] - at)
        result.last.append(max([*seen, in_browser.get(reference, at) - at]))
    print(f"\n{result.drawn()}")
    assert result.missed == 0
    assert max(result.seen + result.browser) < LIMIT_SECONDS
    assert result.connections < MOST_CONNECTIONS
