"""Looking at a page of somebody else's that showed an appeal."""

from __future__ import annotations

from appeals.channels.base import Job, Sight
from foundation.calling import Call, Steps, expect


def look_at(job: Job) -> Steps[Sight]:
    """Gone where the page is gone, shown where it still bears our reference or links to our page.

    A page without either may show the appeal in a way that we do not read: nobody can tell.
    """
    if not job.remote_url:
        return Sight.UNCLEAR
    answer = yield Call("GET", job.remote_url)
    if answer.status in {404, 410}:
        return Sight.GONE
    text = expect(answer).body.decode(errors="replace")
    is_shown = job.page in text or job.appeal_reference in text
    return Sight.SHOWN if is_shown else Sight.UNCLEAR
