"""Who may do what: refusals, and the declaration that every view must carry.

A policy answers `Refusal | None` once. A service requires it, a page shows it, the API returns its
code. A view without a declaration answers nobody: `AccessMiddleware` refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from foundation.accounts.enums import Role
from foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not: a stable `code` for machines and a plain `message` for people."""

    code: str
    message: str


class Refused(PermissionDenied):
    """Raised where a refused thing is tried all the same."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Raise `Refused` if a policy refused."""
    if refusal is not None:
        raise Refused(refusal)


def holds_any(actor: Actor, roles: Iterable[Role], message: str) -> Refusal | None:
    """Refuse an actor who holds none of `roles`, saying `message`."""
    return None if actor.holds(roles) else Refusal("role", message)


class Kind(Enum):
    """What a view can declare."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    ROLES = "roles"
    SIGNED_MACHINE = "signed_machine"  # a webhook that proves itself by a signature
    API_CLIENT = "api_client"  # a system with a token: the base of the API's views asks for it


# A browser's session has no say here: the view itself asks for what proves the caller, if anything does.
OPEN_KINDS = frozenset({Kind.PUBLIC, Kind.SIGNED_MACHINE, Kind.API_CLIENT})


@dataclass(frozen=True, slots=True)
class Access:
    """One view's declaration. `fresh` asks for a second factor within the last minutes."""

    kind: Kind
    roles: frozenset[Role] = frozenset()
    fresh: bool = False

    def admits(self, actor: Actor) -> bool:
        """Whether `actor` may reach the view at all; the records inside are the policies' business."""
        if self.kind in OPEN_KINDS:
            return True
        if actor.user_id is None:
            return False
        return self.kind is Kind.SIGNED_IN or actor.holds(self.roles)


V = TypeVar("V", bound=Callable[..., Any])


def _declare(access: Access) -> Callable[[V], V]:
    def mark(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def public(view: V) -> V:
    """Declare a view that anybody may see."""
    return _declare(Access(Kind.PUBLIC))(view)


def signed_in(view: V) -> V:
    """Declare a view for every signed-in person with a second factor."""
    return _declare(Access(Kind.SIGNED_IN))(view)


def signed_machine(view: V) -> V:
    """Declare a webhook; the view itself must check the signature before it does anything."""
    return _declare(Access(Kind.SIGNED_MACHINE))(view)


def roles(*allowed: Role | Iterable[Role], fresh: bool = False) -> Callable[[V], V]:
    """Declare a view for holders of any of the roles; `fresh` asks for a recent second factor."""
    flat: set[Role] = set()
    for item in allowed:
        flat.update({item} if isinstance(item, Role) else item)
    return _declare(Access(Kind.ROLES, frozenset(flat), fresh))


def library_name(view: Callable[..., Any]) -> str:
    """The dotted name of a view, by which `settings` speaks of views that are not ours."""
    named = getattr(view, "view_class", view)
    return f"{view.__module__}.{getattr(named, '__name__', '')}"


def declaration_of(view: Callable[..., Any]) -> Access | None:
    """The declaration of a view, found on it or, for library views, in `settings.LIBRARY_ACCESS`."""
    found = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    if isinstance(found, Access):
        return found
    kind = settings.LIBRARY_ACCESS.get(library_name(view))
    return None if kind is None else Access(Kind(kind))


class AccessMiddleware:
    """Refuses a view that declares nothing, and visitors its declaration does not admit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Hold the visitor against the declaration of the view about to run."""
        declared = declaration_of(view)
        if declared is None:
            raise PermissionDenied("This page declares no access.")
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if declared.admits(actor):
            return self._freshness(request, declared)
        if actor.user_id is None:
            return self._to_sign_in(request)
        raise PermissionDenied("Your role does not include this page.")

    @staticmethod
    def _freshness(request: HttpRequest, declared: Access) -> HttpResponseBase | None:
        if not declared.fresh:
            return None
        from foundation.accounts.freshness import demand_fresh_second_factor

        answer: HttpResponseBase | None = demand_fresh_second_factor(request)
        return answer

    @staticmethod
    def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=401)
            answer["HX-Redirect"] = settings.LOGIN_URL
            return answer
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
