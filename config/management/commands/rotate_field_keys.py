"""`manage.py rotate_field_keys`: bring everything encrypted under the first of FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation import rotation


class Command(BaseCommand):
    """Says what it brought over, and whether the older keys can go."""

    help = "Encrypt everything anew with the first of FIELD_KEYS. Safe to run again, and while people work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through every table; end with status 1 where something cannot be read with any key."""
        unreadable = 0
        for found in rotation.rotate():
            unreadable += found.unreadable
            if found.rotated or found.unreadable:
                lost = f", {found.unreadable} that no key opens" if found.unreadable else ""
                self.stdout.write(f"  {found.label}: {found.rotated} brought over{lost}")
        if unreadable:
            raise CommandError(f"{unreadable} texts are under a key that FIELD_KEYS does not name: find it.")
        self.stdout.write("Run it once more: when it brings nothing over, the older keys may be taken out.")
