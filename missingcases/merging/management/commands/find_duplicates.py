"""`manage.py find_duplicates [--organisation CODE]`: likely pairs for people to decide."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.models import Organisation
from missingcases.merging.services import look_for_duplicates


class Command(BaseCommand):
    """Each organisation by itself: records of two organisations are never compared here."""

    help = "Look for records of one person twice inside each organisation. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the organisation's code, or none for all."""
        parser.add_argument("--organisation", metavar="CODE", help="only this one, such as metropolitan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each how many pairs wait."""
        chosen = Organisation.objects.filter(is_active=True)
        if options["organisation"]:
            chosen = chosen.filter(code=options["organisation"])
            if not chosen:
                raise CommandError(f"There is no organisation with the code {options['organisation']}.")
        for one in chosen:
            waiting = look_for_duplicates(organisation_id=one.pk)
            if waiting or options["organisation"]:
                self.stdout.write(f"{one.code}: {waiting} pairs to decide")
