"""Every page says who may reach it."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from foundation.access import declaration_of


def views(resolver: URLResolver, prefix: str = ""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from views(pattern, route)


@pytest.mark.parametrize("urlconf", ["config.urls", "config.public_urls", "config.sandbox_urls"])
def test_every_view_declares_its_access(urlconf: str) -> None:
    undeclared = [route for route, view in views(get_resolver(urlconf)) if declaration_of(view) is None]
    assert undeclared == []
