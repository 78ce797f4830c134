"""Whether this process lives, and whether it can work. Tells an outsider nothing else."""

from __future__ import annotations

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

from foundation.access import public


@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing, so that a lost database restarts no web server."""
    return JsonResponse({"live": True})


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Postgres answers (503 where not). A lost Redis is told but no reason to turn people away."""
    answers = {"database": _database_answers(), "redis": _redis_answers()}
    return JsonResponse(answers, status=200 if answers["database"] else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        caches["fast"].get("health")
    except (RedisError, OSError):
        return False
    return True
