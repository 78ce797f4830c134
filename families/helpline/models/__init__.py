"""Contacts, their e-mails, what was agreed in them, and the concerns they raised."""

from families.helpline.models.concerns import Concern
from families.helpline.models.contacts import ContactLink, HelplineContact, ThreeWayCall
from families.helpline.models.mails import HelplineMail

__all__ = ["Concern", "ContactLink", "HelplineContact", "HelplineMail", "ThreeWayCall"]
