"""`python -m benchmarks.seeding ROWS`: migrate the database of DATABASE_URL, or fill a migrated one."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(rows: int) -> None:
    """With no rows the tables alone."""
    django.setup()
    from benchmarks.seeding.national import fill

    if not rows:
        call_command("migrate", verbosity=0, interactive=False)
        return
    fill(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    main(int(sys.argv[1]))
