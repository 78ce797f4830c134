"""Who may say yes for each force."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from alerts.ranks import RANKS, default_rank


class AuthorisingRank(models.Model):
    """The lowest rank that authorises alerts of one force; a force without a row goes by the installation's.

    An alert keeps the rank that held when it was proposed: changing this at night changes nothing for it.
    """

    force = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=24, choices=RANKS, default=default_rank)
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["force__name"]

    def __str__(self) -> str:
        return f"rank of {self.force_id}"
