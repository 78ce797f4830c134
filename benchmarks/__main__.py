"""`python3 dev.py bench [NAME ...] [--rows 10000,100000,1000000]`: the tables of docs/bench.md.

Without a name every load runs. `--rounds N` makes it shorter; `--again` seeds anew.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("API_REQUESTS_A_MINUTE", "100000000")  # counted as ever, but nobody is turned away
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("ROOT_URLCONF", "benchmarks.urls")


def main(arguments: list[str]) -> int:
    """Set the product up, then measure."""
    django.setup()
    from benchmarks import running

    return running.main(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
