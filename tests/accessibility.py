"""What axe finds on a page as it stands."""

from __future__ import annotations

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe

# Every rule is tried; only what is broken is written up and comes over to us: the rest was half of the time.
_RUN = """
    () => axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations.map(
        ({id, nodes}) => [id, nodes.slice(0, 3).map(({html}) => html.slice(0, 150))]
    ))
"""


def faults_of(page: Any) -> list[tuple[str, list[str]]]:
    """The broken rules, and the first parts that break each."""
    page.evaluate(_axe())
    return [(rule, parts) for rule, parts in page.evaluate(_RUN)]


@cache
def _axe() -> str:
    """The script of axe."""
    return Axe().axe_script
