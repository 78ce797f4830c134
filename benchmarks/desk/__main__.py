"""`python3 dev.py bench desk`: 200 open duty desks, one of them a real browser, on the real product.

`--clients N` opens so many beside the browser, `--incidents N` reports so many.
"""

from __future__ import annotations

import argparse
import os
import sys

import pytest

SCENARIO = "tests/journeys/test_desk_screens.py"


def main(arguments: list[str]) -> int:
    """Run the scenario at full size; it prints its figures and fails where a screen was late."""
    parser = argparse.ArgumentParser(prog="dev.py bench desk")
    parser.add_argument("--clients", type=int, default=199)
    parser.add_argument("--incidents", type=int, default=20)
    given = parser.parse_args(arguments)
    os.environ["HARBOUR_DESK_CLIENTS"] = str(given.clients)
    os.environ["HARBOUR_DESK_INCIDENTS"] = str(given.incidents)
    return int(pytest.main([SCENARIO, "-q", "-s", "-p", "no:cacheprovider", "-p", "no:logging"]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
