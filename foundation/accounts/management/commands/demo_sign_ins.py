"""`manage.py demo_sign_ins`: who there is to sign in as in the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts import demo
from foundation.accounts.models import Organisation


class Command(BaseCommand):
    """Prints one line a person, the password they share, and where the code is."""

    help = "List the demonstration's people: address, role, organisation, password, code."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them; refuse on a real server."""
        from django.conf import settings

        if settings.IS_PRODUCTION:
            raise CommandError("This is not a demonstration.")
        names = dict(Organisation.objects.values_list("code", "name"))
        for person in demo.PEOPLE:
            roles = ", ".join(role.label for role in person.roles)
            self.stdout.write(f"  {person.email:<42} {roles}, {names.get(person.organisation, '')}")
        self.stdout.write(f"  password: {demo.PASSWORD}   code: shown on the page (secret {demo.SECRET})")
