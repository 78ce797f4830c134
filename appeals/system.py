"""Whom the trail names where the service does something by itself, from more than one module."""

from foundation.actors import Actor

# Does again, in a restored database, what the ledger tells.
RESTORER = Actor.system("appeals.restored")
