"""Whom the trail names where an alert follows what happened elsewhere."""

from foundation.actors import Actor

FOLLOWING = Actor.system("alerts.following")
