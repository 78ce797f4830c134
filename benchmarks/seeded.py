"""`python -m benchmarks.seeded ROWS`: migrate the database of DATABASE_URL, or fill a migrated one.

Filled as `manage.py make_data --uk` does, with the incidents and all that hangs on them in the core: what
services add, no load reads.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime

import django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SEED = 20261128


def fill(rows: int, *, now: datetime | None = None, processes: int = 1) -> None:
    """Put `rows` incidents of the whole country into the database of this process, up to now."""
    from missingcases.made.filling import fill as make
    from missingcases.made.frame import Ask
    from missingcases.made.service import SERVICE

    end = (now or timezone.now()).replace(microsecond=0)
    make(Ask(rows, SEED, end), [SERVICE], processes=processes)


def main(rows: int) -> None:
    """With no rows the tables alone."""
    django.setup()
    if not rows:
        call_command("migrate", verbosity=0, interactive=False)
        return
    fill(rows, processes=2)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    main(int(sys.argv[1]))
