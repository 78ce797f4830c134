"""Our own machinery's actors of this service."""

from foundation.actors import Actor

OPENING = Actor.system("rhi.open_for_return")
FOLLOWING = Actor.system("rhi.follow")
CALLING = Actor.system("rhi.call")
TELLING = Actor.system("rhi.tell_systems")
