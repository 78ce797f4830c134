"""A signed-in browser, without going through the sign-in pages each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Member


@pytest.fixture
def page_of(page: Any, live_stack: Any) -> Callable[[Member], Any]:
    """`page_of(member)`: the browser window, signed in as that person."""

    def sign_in(person: Member) -> Any:
        client = person.sign_in(Client())
        page.context.add_cookies(
            [
                {"name": name, "value": found.value, "url": live_stack.staff}
                for name, found in client.cookies.items()
            ]
        )
        return page

    return sign_in
