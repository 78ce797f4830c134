"""`manage.py invite_first_administrator EMAIL`: how the first person comes into an empty installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.access import Refused
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.accounts.services import invite
from foundation.actors import Actor


class Command(BaseCommand):
    """Sends the invitation by e-mail; everybody else is invited by those who are there."""

    help = "Invite the charity's first administrator, who then invites everybody else."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, and where there are several charities, into which."""
        parser.add_argument("email")
        parser.add_argument("--organisation", default="missing-people", help="the charity's code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, or say why not."""
        charities = Organisation.objects.filter(kind=OrganisationKind.CHARITY, code=options["organisation"])
        charity = charities.first()
        if charity is None:
            raise CommandError(f"No charity has the code {options['organisation']}.")
        try:
            row = invite(
                actor=Actor.system("accounts.invite_first_administrator"),
                organisation_id=charity.pk,
                email=options["email"],
                roles=[Role.ADMINISTRATOR],
            )
        except Refused as problem:
            raise CommandError(problem.refusal.message) from problem
        until = f"{row.expires_at:%d %B %Y}"
        self.stdout.write(f"The invitation goes to {row.email} for {charity.name}; it stands until {until}.")
