"""`manage.py rebuild_name_keys`: keys for people who have none, or keys of an earlier way of making them."""

from typing import Any

from django.core.management.base import BaseCommand

from missingcases.matching.services.keys import rebuild


class Command(BaseCommand):
    """Goes through people in chunks that each commit; an interrupted run goes on where it stood."""

    help = "Make the keys by which people are found, where they are missing or old. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until nobody is left."""
        made = 0
        while found := rebuild():
            made += found
        self.stdout.write(f"{made} people can be found by their names now.")
