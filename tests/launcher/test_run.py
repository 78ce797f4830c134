"""The life of an installation: `dev.py run` started, hurt, killed, started again and stopped."""

from __future__ import annotations

import os
import signal
import socket
import urllib.request
from pathlib import Path

from foundation.accounts.demo import PASSWORD, PEOPLE
from tests.fixtures_home import Home
from tests.processes import wait_until


def count_people(home: Home) -> str:
    """How many people its database knows, asked beside the running product."""
    command = home.dev(
        "manage",
        "shell",
        "-v",
        "0",
        "-c",
        "from foundation.accounts.models import User; print(User.objects.count())",
    )
    code, last = home.answer_of(command)
    assert code == 0, home.said[-2000:]
    return last


def test_an_installation_survives_its_life(home: Home) -> None:
    first = home.run()
    home.wait_for(first, "press Ctrl-C here")
    home.wait_for(first, "password: " + PASSWORD)
    for port in (home.numbers[0], home.numbers[1]):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/") as answer:
            assert answer.status == 200
    assert f"Sandbox phone   http://127.0.0.1:{home.numbers[2]}/" in home.said
    assert all(person.email in home.said for person in PEOPLE)
    people = count_people(home)
    assert int(people) >= len(PEOPLE)

    code, last = home.answer_of(home.run())
    assert (code, f"Harbour already runs from this folder (process {first.pid})" in last) == (1, True)

    worker = next(
        pid for pid in home.alive() if b"urgent@harbour" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    home.wait_for(first, "worker urgent was killed (signal 9); starting it again")

    first.kill()
    first.wait()
    wait_until(lambda: not home.alive(), "everything of the killed start to end", seconds=60)

    second = home.run()
    home.wait_for(second, "press Ctrl-C here", times=2)
    assert count_people(home) == people
    second.send_signal(signal.SIGINT)
    assert home.answer_of(second) == (0, "harbour: everything has stopped.")
    assert home.alive() == []

    code, last = home.answer_of(home.run("--fresh"))
    assert (code, "nothing was deleted." in last) == (1, True)

    with socket.create_server(("127.0.0.1", home.numbers[0])):
        code, last = home.answer_of(home.run())
    assert code == 1
    assert f"port {home.numbers[0]} is taken by another program" in last
    assert f"run --port {home.numbers[0] + 100}" in last
