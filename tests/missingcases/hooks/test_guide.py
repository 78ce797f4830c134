"""The guide's own code, run as an integrator would, takes what we send and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from launcher import ports
from missingcases.hooks import services as hooks
from missingcases.hooks.models import Endpoint
from missingcases.hooks.selectors import choices
from tests.missingcases.hooks.conftest import ALL, send_all
from tests.missingcases_pages import world
from tests.processes import wait_until

pytestmark = pytest.mark.django_db
GUIDE = Path(settings.BASE_DIR) / "docs" / "webhooks.md"


def refused(url: str) -> bool:
    try:
        urllib.request.urlopen(urllib.request.Request(url, data=b"{}"), timeout=5)
    except urllib.error.HTTPError as answer:
        return answer.code == 401
    except OSError:
        return False
    return False


def test_the_guides_receiver_verifies_what_we_send(
    tmp_path, settings, met_administrator, met_officer
) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    port = ports.pick()
    url = f"http://127.0.0.1:{port}/in"
    row = hooks.add_endpoint(actor=met_administrator.actor, url=url, types=ALL)
    program = tmp_path / "integrator.py"
    program.write_text("\n".join(re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)))
    env = {"PORT": str(port), "WEBHOOK_SECRET": row.secret}
    with (tmp_path / "printed").open("w") as printed:
        process = subprocess.Popen(
            [sys.executable, str(program)], env=env, stdout=printed, stderr=subprocess.DEVNULL
        )
    try:
        wait_until(lambda: refused(url), "the guide's receiver refuses what nobody signed")
        incident = world.located(world.reported(met_officer.actor), met_officer.actor)
        send_all()
        hooks.send_test(actor=met_administrator.actor, endpoint_id=row.pk)
        send_all()
    finally:
        process.kill()
        process.wait()

    lines = (tmp_path / "printed").read_text().splitlines()
    assert {f"incident.reported {incident.reference}", f"incident.located {incident.reference}"} <= set(lines)
    assert lines[-1].strip() == "test"
    assert Endpoint.objects.get().failures == 0


def test_the_guide_names_every_type() -> None:
    assert set(re.findall(r"^\| `([\w.]+)`", GUIDE.read_text(), re.MULTILINE)) == {*dict(choices()), "test"}
