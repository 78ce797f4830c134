"""Contacts, what was agreed in them, and the concerns they raised."""

from families.helpline.models.concerns import Concern
from families.helpline.models.contacts import ContactLink, HelplineContact, ThreeWayCall

__all__ = ["Concern", "ContactLink", "HelplineContact", "ThreeWayCall"]
