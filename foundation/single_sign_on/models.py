"""An organisation's own sign-in: how it is reached, whom it lets in, and who is tied to whom."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from foundation.accounts.enums import Role
from foundation.fields import EncryptedTextField
from foundation.single_sign_on.enums import Newcomers, Proof


class Provider(models.Model):
    """The OpenID Connect provider of one organisation. `client_secret` is never shown again."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    client_secret = EncryptedTextField()
    scopes = ArrayField(models.CharField(max_length=100))
    is_on = models.BooleanField(default=False)
    role_claim = models.CharField(max_length=200, default="roles")
    newcomers = models.CharField(max_length=20, choices=Newcomers, default=Newcomers.INVITED)
    trusted_amr = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    trusted_acr = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"sign-in {self.pk}"


class EmailDomain(models.Model):
    """A domain whose addresses are led to a provider: each to one."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="email_domain_leads_to_one_provider")
        ]

    def __str__(self) -> str:
        return f"domain {self.pk}"


class RoleRule(models.Model):
    """A value of the claim that gives a role here."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="rules")
    value = models.CharField(max_length=200)
    role = models.CharField(max_length=30, choices=Role)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["provider", "value", "role"], name="role_rule_once")
        ]

    def __str__(self) -> str:
        return f"role rule {self.pk}"


class BreakGlass(models.Model):
    """Somebody who may still use their password where an organisation takes none from anybody else."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "user"], name="break_glass_once")
        ]

    def __str__(self) -> str:
        return f"break glass {self.pk}"


class Identity(models.Model):
    """Somebody at a provider, and whose account here that is. Issuer and subject alone decide.

    A person of two organisations has one at each: an organisation's sign-in opens nothing elsewhere.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(max_length=20, choices=Proof)
    tied_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "issuer", "subject"], name="identity_is_one_person"
            )
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"
