"""Schemathesis sends what nobody would to a real server: nothing breaks, and answers are as described."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.api.conftest import System

# By chance, of each operation, beside what the coverage phase tries: so many on any machine. With
# `--max-time` it would go on to the last second, and a slow machine would be sent less than a quick one.
# By one seed they are the same each time: more are for a change of the description (docs/tests.md).
EXAMPLES = os.environ.get("HARBOUR_EXAMPLES", "15")


# 422 to what the description allows: a number that is no telephone's, a time long ago, a key used already.
CONFIG = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "422", "429"]

[[operations]]
include-path-regex = "/incidents/"
parameters = {{ "path.reference" = "{incident}" }}

[[operations]]
include-path-regex = "/v1/textsafe/"
parameters = {{ "path.reference" = "{text}" }}
"""


@pytest.mark.slow
def test_schemathesis_finds_nothing(
    live: str, met_system: System, met_officer: Any, charity: Any, lambeth: Any, settings: Any, tmp_path: Any
) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    incident = met_system.post("/incidents", {"person": {"family_name": "Moor", "estimated_age": 30}}).json()
    at = f"/incidents/{incident['reference']}/textsafe"
    text = met_system.post(at, {"number": "07700 900123", "answers": {}}).json()
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(incident=incident["reference"], text=text["reference"]))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(config)),
            *("run", f"{live}/api/v1/schema", "--header", f"Authorization: Bearer {met_system.token}"),
            *("--max-examples", EXAMPLES, "--continue-on-failure"),
            *("--phases", "examples,coverage,fuzzing"),
            *("--generation-database", "none", "--no-color", "--seed", "7"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=1800,  # a busy machine is not a fault
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"([1-9][0-9]+) generated, \1 passed", done.stdout), done.stdout[-3000:]
