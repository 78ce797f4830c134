"""`python3 dev.py bench alert [WHAT ...]`: the table of an alert to a million, docs/bench.md.

WHAT is fanout, paced, commit, first, texts, desk or cancel; without any, all of these. `whole` is texts until
the last of the alert has gone, which takes as long as the alert: nine minutes for a million.
`--rows 10000,100000,1000000` are the sizes of the fan-out; the others use the largest,
`--rates 10,100,1000,2000` the paces.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.alert.settings"
os.environ.setdefault("LOG_LEVEL", "WARNING")
ALL = ("fanout", "paced", "commit", "first", "texts", "desk", "cancel")


def main(arguments: list[str]) -> int:
    """Measure and print; not 0 where something missed its mark."""
    parser = argparse.ArgumentParser(prog="dev.py bench alert")
    parser.add_argument("what", nargs="*", default=list(ALL))
    parser.add_argument("--rows", default="10000,100000,1000000")
    parser.add_argument("--rates", default="10,100,1000,2000")
    given = parser.parse_args(arguments)
    import config  # noqa: F401 - it sets Celery up, which reads these settings

    django.setup()
    from django.core.management import call_command

    from benchmarks.alert import setting, table

    call_command("migrate", verbosity=0, interactive=False)
    stub = setting.Stub()
    sizes, rates = _numbers(given.rows), _numbers(given.rates)
    measured: dict[str, Callable[[], list[table.Line]]] = table.measurements(stub, sizes, rates)
    try:
        lines = [line for what in given.what for line in _shown(measured[what]())]
    finally:
        stub.stop()
    return 0 if all(line.holds for line in lines) else 1


def _shown(lines: list[object]) -> list[object]:
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return lines


def _numbers(written: str) -> list[int]:
    return [int(one.replace("_", "")) for one in written.split(",")]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
