"""The list of incidents as an officer opens it, ended ones too: thirty rows of as many as there are."""

from __future__ import annotations

from functools import partial

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.site import ask
from benchmarks.visitors import sign_in

OURS, PEER, LIMIT = "/incidents/?status=any", "/peer/list/", "/peer/ready-made/"
ROW = b'<tr class="govuk-table__row">'


def _prepare(_rows: int) -> Ready:
    visitor = sign_in()
    counts = {name: ask(path, **visitor.cookie).body.count(ROW) for name, path in _PATHS.items()}

    def checks() -> list[Check]:
        told = ", ".join(f"{name} {count - 1}" for name, count in counts.items())
        return [Check("rows shown", told, set(counts.values()) == {31})]

    return Ready(
        ours=lambda: ask(OURS, **visitor.cookie),
        peer=lambda: ask(PEER, **visitor.cookie),
        limit=lambda: ask(LIMIT, **visitor.cookie),
        counters=lambda: counted(partial(ask, OURS, **visitor.cookie)),
        checks=checks,
    )


_PATHS = {"ours": OURS, "peer": PEER, "limit": LIMIT}
LOAD = Load("list_page", "incident list page", Goal(peer=3, growth=1.4), _prepare)
