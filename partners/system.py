"""Our own machinery's actors of this service."""

from foundation.actors import Actor

CHASING = Actor.system("partners.chase")
FOLLOWING = Actor.system("partners.follow")
LINKING = Actor.system("partners.link")
TELLING = Actor.system("partners.tell")
RELEASING = Actor.system("partners.release")
RESTORING = Actor.system("partners.restore")
