"""Systems of an organisation that use the API, and what they were answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from oauth2_provider.models import AbstractApplication

from foundation.clients import addresses
from foundation.fields import EncryptedTextField
from foundation.references import new_reference

# Where the token page leaves the caller's address for `Client.is_usable`.
CALLER = "harbour.caller"


def client_reference() -> str:
    """A new reference of a client."""
    return new_reference("K")


class Client(AbstractApplication):
    """One system of one organisation, with a secret that is kept only as a hash.

    It holds no role but that of a client, and of what its organisation may do only what `scopes` name.
    An empty `allowed_addresses` lets it come from anywhere.
    """

    reference = models.CharField(max_length=12, unique=True, default=client_reference, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    # The library's field; nobody stands behind a client but its organisation.
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scopes = ArrayField(models.CharField(max_length=40))
    allowed_addresses = ArrayField(models.CharField(max_length=43), default=list, blank=True)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    secret_made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractApplication.Meta):
        abstract = False
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(authorization_grant_type="client-credentials", client_type="confidential"),
                name="client_uses_its_credentials_alone",
            ),
            models.CheckConstraint(condition=Q(hash_client_secret=True), name="client_secret_is_hashed"),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_usable(self, request: Any) -> bool:
        """Whether a token may be given now: not revoked, its organisation active, from an allowed address."""
        caller = str(request.headers.get(CALLER, ""))
        return (
            self.revoked_at is None
            and self.organisation.is_active
            and addresses.allows(self.allowed_addresses, caller)
        )


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, so that sending it again changes nothing.

    Key and body are kept as keyed digests, the answer encrypted; all go after a day.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    asked = models.CharField(max_length=64, help_text="Digest of the method, the address and the body.")
    status = models.PositiveSmallIntegerField(default=0)
    answer = EncryptedTextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["client", "key"], name="idempotency_key_once_a_client")
        ]

    def __str__(self) -> str:
        return f"kept answer {self.pk}"
