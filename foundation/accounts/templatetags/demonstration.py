"""What the sign-in pages show in the demonstration, and nowhere else."""

from __future__ import annotations

from django import template

from foundation.accounts import demo

register = template.Library()


@register.inclusion_tag("accounts/_demo_people.html")
def demo_people() -> dict[str, object]:
    """Who there is to sign in as; nothing outside the demonstration."""
    people = demo.PEOPLE if demo.is_demonstration() else ()
    shown = [{"email": one.email, "roles": ", ".join(role.label for role in one.roles)} for one in people]
    return {"people": shown, "password": demo.PASSWORD}
