"""`dev.py test --branches` measures the rules of the product, every branch of them."""

import tomllib

from launcher.checks import MEASURED
from tests.floors import FLOORS, ROOT

ROOMS = {"states", "policies", "deadlines", "messaging"}


def configured() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"][
        "coverage"
    ]
    return found


def test_every_state_policy_deadline_and_message_module_is_measured() -> None:
    rules = {
        path
        for app in FLOORS
        for path in (ROOT / app).rglob("*.py")
        if ROOMS & {*path.relative_to(ROOT).parts[:-1], path.stem} and "migrations" not in path.parts
    }
    measured = {path for pattern in configured()["run"]["include"] for path in ROOT.glob(str(pattern))}
    assert rules - measured == set()


def test_a_branch_that_no_test_takes_fails_the_run() -> None:
    assert configured()["run"]["branch"] is True
    assert configured()["report"]["fail_under"] == 100
    assert "--cov" in MEASURED
