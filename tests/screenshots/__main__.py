"""`python3 dev.py shots`: take the guides' pictures again, from the real product.

`--all DIR` keeps every page each demonstration person is led to as well, at desk and phone width, for a
person to look at. `--only` leaves the guides' pictures alone.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from tests.screenshots.pictures import IMAGES


def main() -> int:
    """Take them, and fail if a page could not be reached the way the guide says."""
    parser = argparse.ArgumentParser(prog="python3 dev.py shots", description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page at 1280 and 390, into DIR")
    parser.add_argument("--only", action="store_true", help="with --all: leave the guides' pictures alone")
    parser.add_argument("--as", dest="people", nargs="+", metavar="MAILBOX", help="with --all: only they")
    parser.add_argument("--pictures", nargs="+", metavar="NAME", help="only these pictures of the guides")
    chosen = parser.parse_args()
    if chosen.all:
        os.environ["HARBOUR_SHOTS"] = str(chosen.all.resolve())
    wanted = [] if chosen.only else _tests("test_guide", chosen.pictures)
    if chosen.all:
        wanted += _tests("test_every_page", chosen.people)
    options = [*(f"tests/screenshots/taking.py::{name}" for name in wanted), "-q", "-p", "no:cacheprovider"]
    code = int(pytest.main(options))
    if not chosen.only:
        print(f"The guides' pictures are in {IMAGES}.")
    if chosen.all:
        print(f"Every page is in {chosen.all}.")
    return code


def _tests(name: str, of: list[str] | None) -> list[str]:
    return [f"{name}[{one}]" for one in of] if of else [name]


if __name__ == "__main__":
    raise SystemExit(main())
