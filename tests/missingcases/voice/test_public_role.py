"""The public site shows a link's page and keeps an answer under its own database role."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request

import pytest
import time_machine
from django.utils import timezone

from missingcases.voice.models import Submission
from missingcases.voice.public import keys
from tests.missingcases.voice.conftest import link_of, page_of, stranger


def ask(url: str, given: dict[str, str] | None = None) -> int:
    """The status, redirections followed."""
    body = urllib.parse.urlencode(given).encode() if given is not None else None
    try:
        with urllib.request.urlopen(url, data=body, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.slow
def test_a_link_opens_and_is_answered_once_under_the_role(
    public_database_url, redis_url, processes, caseworker
) -> None:
    page = page_of(link_of(caseworker, stranger(caseworker)))
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        key = keys.new_key()
    site = processes.web("public", "config.public_urls", DATABASE_URL=public_database_url)
    assert ask(site + page) == 200
    assert ask(site + page_of("x" * 22)) == 404
    given = {"key": key, "safe": "yes"}
    assert ask(site + page, given) == 200
    assert ask(site + page, given) == 200
    assert ask(site + page) == 404
    assert Submission.objects.count() == 1
