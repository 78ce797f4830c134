"""What axe finds on a page as it stands."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

# Every rule is tried all the same; only what held is not written up, which is a third of the time.
FAULTS_ALONE = {"resultTypes": ["violations"]}


def faults_of(page: Any) -> list[tuple[str, list[str]]]:
    """The broken rules, and the first parts that break each."""
    found = Axe().run(page, options=FAULTS_ALONE).response["violations"]
    return [(fault["id"], [node["html"][:150] for node in fault["nodes"]][:3]) for fault in found]
