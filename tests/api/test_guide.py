"""docs/api.md is followed to the letter, against a running server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.api.conftest import System

GUIDE = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)


@pytest.fixture
def environment(live: str, met_system: System) -> dict[str, str]:
    """What the guide's reader has in hand."""
    given = {"BASE": live, "CLIENT_ID": met_system.client.client_id, "CLIENT_SECRET": met_system.secret}
    return os.environ | given


def test_every_step_works_in_python(environment: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "guide.py"
    script.write_text("\n".join(blocks("python")))
    done = subprocess.run(
        [sys.executable, "-I", str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == ["0", "incidents", "304", "located"]


def test_every_step_works_by_curl_where_there_is_one(environment: dict[str, str], tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        return
    steps = [block for block in blocks("sh") if "CLIENT_ID=..." not in block]
    assert len(steps) == 4
    done = subprocess.run(
        ["sh", "-eu", "-c", "\n".join(steps)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert '"has_more": false' in done.stdout
    assert "304\n" in done.stdout
    assert '"family_name": "Moor"' in done.stdout
