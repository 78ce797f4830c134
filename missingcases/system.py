"""Our own machinery as it signs in the trail."""

from foundation.actors import Actor

TRIGGERS = Actor.system("missingcases.triggers")
ESCALATION = Actor.system("missingcases.escalation")
STOPS = Actor.system("missingcases.stops")
RESTORER = Actor.system("missingcases.restored")
SCANNER = Actor.system("missingcases.scanner")
