"""`manage.py new_push_key`: make the key that pushes to browsers are signed with. Nothing is kept here."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.messaging.web_push import identity


class Command(BaseCommand):
    """Prints both halves, as they are set."""

    help = "Make a key for pushes to browsers: once for an installation (docs/web-push.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and print it."""
        private = identity.new_private_key()
        self.stdout.write(f"PUSH_PRIVATE_KEY={private}")
        self.stdout.write(f"PUSH_PUBLIC_KEY={identity.public_half(private)}")
