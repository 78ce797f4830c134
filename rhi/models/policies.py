"""What an authority wants offered, to whom and by whom. Without a row nothing opens by itself."""

from __future__ import annotations

from django.db import models

from rhi.enums import OfferedTo

_ORGANISATION = "accounts.Organisation"


class AuthorityPolicy(models.Model):
    """One local authority's arrangement for its children. It is the duty-holder [46]."""

    authority = models.OneToOneField(_ORGANISATION, on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=False)
    provider = models.ForeignKey(
        _ORGANISATION, on_delete=models.PROTECT, related_name="+", help_text="Who interviews for it."
    )
    offered_to = models.CharField(max_length=12, choices=OfferedTo, default=OfferedTo.EVERY_CHILD)
    out_of_area = models.BooleanField(
        default=True, help_text="Also its children who are placed in another authority's area."
    )
    changed_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "authority policies"

    def __str__(self) -> str:
        return f"interviews for {self.authority_id}"
