"""Our own machinery as it signs in the trail."""

from foundation.actors import Actor

TRIGGERS = Actor.system("missingcases.triggers")
ESCALATION = Actor.system("missingcases.escalation")
STOPS = Actor.system("missingcases.stops")
SCANNER = Actor.system("missingcases.scanner")
