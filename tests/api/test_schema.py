"""The description that integrators work from is committed, and is what the code says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from foundation.clients.api import ApiView

KEPT = Path(settings.BASE_DIR) / "docs" / "api-v1.json"


def generated() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator(urlconf="config.urls").get_schema(request=None, public=True)
    return json.loads(json.dumps(found, default=str))


def views() -> list[Any]:
    resolver = next(one for one in get_resolver("config.urls").url_patterns if str(one.pattern) == "api/")
    return [getattr(one.callback, "cls", None) for one in resolver.url_patterns]


def test_the_committed_description_is_what_the_code_says() -> None:
    assert json.loads(KEPT.read_text()) == generated(), "run `manage.py api_schema`"


def test_every_endpoint_names_a_scope_for_each_method_and_is_described() -> None:
    paths = generated()["paths"]
    own = [view for view in views() if view is not None and issubclass(view, ApiView)]
    described = {
        operation["security"][0]["client"][0] for path in paths.values() for method, operation in path.items()
    }
    assert described == set(settings.API_SCOPES)
    for view in own:
        handlers = {name for name in ("get", "post", "patch", "put", "delete") if hasattr(view, name)}
        assert handlers == {name.lower() for name in view.scopes}
        assert set(view.scopes.values()) <= set(settings.API_SCOPES)
    assert sum(len(path) for path in paths.values()) == sum(len(view.scopes) for view in own)


def test_every_operation_has_an_example_and_its_failures() -> None:
    for path, methods in generated()["paths"].items():
        for method, operation in methods.items():
            assert "examples" in json.dumps(operation), (method, path)
            assert {"401", "403", "429"} <= set(operation["responses"]), (method, path)


def test_nothing_is_left_for_the_generator_to_guess() -> None:
    GENERATOR_STATS.reset()
    generated()
    assert not GENERATOR_STATS._warn_cache, list(GENERATOR_STATS._warn_cache)
    assert not GENERATOR_STATS._error_cache


@pytest.mark.django_db
def test_it_is_served_with_its_page_from_our_own_files(client: Browser) -> None:
    served = client.get("/api/v1/schema")
    assert served.status_code == 200
    assert json.loads(served.content)["openapi"].startswith("3.1")
    page = client.get("/api/docs")
    assert page.status_code == 200
    text = page.content.decode()
    assert "http://" not in text.replace(settings.STAFF_BASE_URL, "").replace("http://www.w3.org/", "")
    for path, methods in generated()["paths"].items():
        assert path in text
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in text
    for name in generated()["components"]["schemas"]:
        assert f'id="shape-{name}"' in text
    linked = set(re.findall(r'href="#([^"]+)"', text))
    assert linked <= set(re.findall(r'id="([^"]+)"', text)), "a link leads nowhere"
    assert "<script>" not in text
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "data:" not in policy.replace("font-src", "")
