"""The life of an installation: `dev.py run` started, hurt, killed in a flood, started again and stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import urllib.request
from pathlib import Path
from subprocess import Popen
from typing import Any

from foundation.accounts.demo import PASSWORD, PEOPLE
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.fixtures_home import Home
from tests.processes import ROOT, wait_until

# So many that most still wait when the launcher is killed, however long a command takes to end.
FLOOD = 24


def test_the_launcher(home: Home) -> None:
    first = home.run()
    says_where_it_is_and_answers(home, first)
    refuses_a_second_start(home, first)
    starts_a_killed_worker_again(home, first)
    people = count_people(home)
    assert int(people) >= len(PEOPLE)

    provider = Control(f"http://127.0.0.1:{home.numbers[2]}")
    provider.break_(FaultKind.SLOW, seconds=6)
    asked = json.loads(inside(home, f"ask({FLOOD})"))
    hit = FLOOD - taken(provider, asked["references"])
    first.kill()
    first.wait()
    wait_until(lambda: not home.alive(), "everything of the killed start to end", seconds=120)

    second = home.run()
    home.wait_for(second, "press Ctrl-C here", times=2)
    assert count_people(home) == people
    provider.mend()
    inside(home, f"count('launcher killed', {asked['requests']}, {provider.url!r}, {hit})")

    second.send_signal(signal.SIGINT)
    assert home.answer_of(second) == (0, "harbour: everything has stopped.")
    assert home.alive() == []
    deletes_nothing_unasked_and_names_a_taken_port(home)


def says_where_it_is_and_answers(home: Home, first: Popen[bytes]) -> None:
    """The addresses and the people of the demonstration; both sites are ready."""
    home.wait_for(first, "press Ctrl-C here")
    home.wait_for(first, "password: " + PASSWORD)
    for port in (home.numbers[0], home.numbers[1]):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/") as answer:
            assert answer.status == 200
    assert f"Sandbox phone   http://127.0.0.1:{home.numbers[2]}/" in home.said
    assert all(person.email in home.said for person in PEOPLE)


def refuses_a_second_start(home: Home, first: Popen[bytes]) -> None:
    """One folder, one product."""
    code, last = home.answer_of(home.run())
    assert (code, f"Harbour already runs from this folder (process {first.pid})" in last) == (1, True)


def starts_a_killed_worker_again(home: Home, first: Popen[bytes]) -> None:
    """And says so."""
    worker = next(
        pid for pid in home.alive() if b"urgent@harbour" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    home.wait_for(first, "worker urgent was killed (signal 9); starting it again")


def deletes_nothing_unasked_and_names_a_taken_port(home: Home) -> None:
    """`--fresh` asks first; a port of another program is named with the way round it."""
    code, last = home.answer_of(home.run("--fresh"))
    assert (code, "nothing was deleted." in last) == (1, True)
    with socket.create_server(("127.0.0.1", home.numbers[0])):
        code, last = home.answer_of(home.run())
    assert code == 1
    assert f"port {home.numbers[0]} is taken by another program" in last
    assert f"run --port {home.numbers[0] + 100}" in last


def count_people(home: Home) -> str:
    """How many people its database knows, asked beside the running product."""
    lines = "from foundation.accounts.models import User; print(User.objects.count())"
    return shell(home, lines)


def inside(home: Home, call: str) -> str:
    """Call something of tests.faults.inside beside the running product; what it printed last."""
    return shell(
        home, f"import sys; sys.path.append({str(ROOT)!r}); from tests.faults import inside; inside.{call}"
    )


def shell(home: Home, lines: str) -> str:
    """Run these lines beside the running product; what they printed last."""
    code, last = home.answer_of(home.dev("manage", "shell", "-v", "0", "-c", lines))
    assert code == 0, home.said[-3000:]
    return last


def taken(provider: Control, references: list[str]) -> int:
    """How many of these the provider has."""
    known: list[dict[str, Any]] = provider.texts()
    return sum(text["reference"] in references for text in known)
