"""Reading a request that has passed the middleware, with its types."""

from __future__ import annotations

from django.http import HttpRequest

from foundation.accounts.models import User
from foundation.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is acting; set by `ActorMiddleware`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def user_of(request: HttpRequest) -> User:
    """The signed-in person. Only for views that declare so: raises `TypeError` for a visitor."""
    if not isinstance(request.user, User):
        raise TypeError("Nobody is signed in.")
    return request.user
