"""Who may come in by an organisation's own sign-in, and what proved who somebody is."""

from django.db.models import TextChoices


class Newcomers(TextChoices):
    """What happens at the first sign-in of somebody who has no account."""

    INVITED = "invited", "Only people who were invited"
    EVERYBODY = "everybody", "Everybody whom the sign-in gives a role; their account is made at once"


class Proof(TextChoices):
    """What tied a person of the provider to an account here."""

    INVITATION = "invitation", "The link of an invitation"
    PASSWORD = "password", "Signing in here once"
    FIRST = "first", "The first sign-in, which made the account"
