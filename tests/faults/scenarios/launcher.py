"""kill -9 of `dev.py run` in the middle of a flood: everything ends with it, and goes on with the next."""

from __future__ import annotations

import json
from typing import Any

from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.fixtures_home import Home
from tests.processes import ROOT, wait_until

# So many that most still wait when the launcher is killed, however long a command takes to end.
FLOOD = 24


def test_the_launcher(home: Home) -> None:
    first = home.run()
    home.wait_for(first, "press Ctrl-C here")
    provider = Control(f"http://127.0.0.1:{home.numbers[2]}")
    provider.break_(FaultKind.SLOW, seconds=6)
    asked = json.loads(inside(home, f"ask({FLOOD})"))
    hit = FLOOD - taken(provider, asked["references"])
    first.kill()
    first.wait()
    wait_until(lambda: not home.alive(), "everything of the killed start to end", seconds=120)

    second = home.run()
    home.wait_for(second, "press Ctrl-C here", times=2)
    provider.mend()
    inside(home, f"count('launcher killed', {asked['requests']}, {provider.url!r}, {hit})")


def inside(home: Home, call: str) -> str:
    """Call something of tests.faults.inside beside the running product; what it printed last."""
    lines = f"import sys; sys.path.append({str(ROOT)!r}); from tests.faults import inside; inside.{call}"
    code, last = home.answer_of(home.dev("manage", "shell", "-v", "0", "-c", lines))
    assert code == 0, home.said[-3000:]
    return last


def taken(provider: Control, references: list[str]) -> int:
    """How many of these the provider has."""
    known: list[dict[str, Any]] = provider.texts()
    return sum(text["reference"] in references for text in known)
