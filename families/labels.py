"""By which names messaging knows what family support sends."""

SERVICE = "families"
GUARD = "families.contact"
CONTACT_LABEL = "families.ContactRecord"
