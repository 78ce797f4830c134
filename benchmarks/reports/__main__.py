"""`python3 dev.py bench reports [--only NAME] [--rows 10000,1000000]`: what figures cost, docs/bench.md.

NAME is kept (ten-year report, page and PDF), writes (what kept cells cost writers), or a module beside this
with a `main`.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
PARTS = ("kept", "writes", "cohorts", "blind", "made")


def main(arguments: list[str]) -> int:
    """Measure and print; not 0 where something missed its mark."""
    parser = argparse.ArgumentParser(prog="dev.py bench reports")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--rows", default="10000,100000,1000000")
    given = parser.parse_args(arguments)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    failed = 0
    for name in [given.only] if given.only else PARTS:
        run = importlib.import_module(f"benchmarks.reports.{name}").main
        takes_rows = bool(inspect.signature(run).parameters)
        failed |= run(["--rows", given.rows]) if takes_rows else run()
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
