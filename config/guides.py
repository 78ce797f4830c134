"""The guides of `docs/guides/`, shown inside the product: which is whose, and their few marks as HTML.

The pages are written by us, in the small part of Markdown that is read here: headings, paragraphs, lists,
pictures, bold, code and links. Everything else is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from alerts.states import CHARITY as ALERTS_CHARITY
from alerts.states import NATIONAL as ALERTS_NATIONAL
from foundation.accounts.enums import HELPLINE, POLICE, Role
from foundation.actors import Actor
from partners.blind.policies import USERS as BLIND_USERS
from partners.states import READERS as REFERRAL_READERS
from reports.cohorts.states import REVIEWERS
from reports.policies import NATIONAL, OF_A_FORCE
from reports.policies import READERS as FIGURES_READERS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "guides"
OF_ROLE: dict[Role, str] = {
    Role.POLICE_OFFICER: "police-officer",
    Role.POLICE_SUPERVISOR: "police-supervisor",
    Role.POLICE_INSPECTOR: "police-supervisor",
    Role.POLICE_SUPERINTENDENT: "police-supervisor",
    Role.POLICE_COORDINATOR: "police-coordinator",
    Role.CHARITY_CASEWORKER: "charity-caseworker",
    Role.CHARITY_MANAGER: "charity-manager",
    Role.CHARITY_PUBLICITY: "publicity-officer",
    Role.FAMILY_SUPPORT: "family-support",
    Role.RHI_INTERVIEWER: "return-home-interviewer",
    Role.LOCAL_AUTHORITY: "local-authority",
    Role.NATIONAL_UNIT: "national-unit",
    Role.PARTNER_WORKER: "partner-worker",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}
# What one service asks of several roles: whom its page is for.
OF_SERVICE: dict[str, frozenset[Role]] = {
    "child-rescue-alert": POLICE | ALERTS_CHARITY | ALERTS_NATIONAL,
    "partners": REFERRAL_READERS,
    "concerns-and-routes": POLICE | HELPLINE,
    "blind-matching": BLIND_USERS,
    "figures": FIGURES_READERS,
    "national-return": OF_A_FORCE | NATIONAL,
    "does-it-help": FIGURES_READERS,
    "cohort-review": REVIEWERS,
}
NAMES: frozenset[str] = frozenset({*OF_ROLE.values(), *OF_SERVICE})
_ITEM = re.compile(r"(?:\d+\.|-) ")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(images/([\w-]+\.png)\)")


def links_for(actor: Actor) -> list[dict[str, str]]:
    """The guides for the roles somebody holds: label and href."""
    return _links(dict.fromkeys(OF_ROLE[role] for role in Role if role in actor.roles and role in OF_ROLE))


def service_links_for(actor: Actor) -> list[dict[str, str]]:
    """The guides of the services in which somebody's roles have a part: label and href."""
    return _links(name for name, roles in OF_SERVICE.items() if actor.roles & roles)


def _links(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"label": title(name), "href": reverse("guide", args=[name])} for name in names]


@cache
def title(name: str) -> str:
    """The heading of a guide."""
    return _text(name).splitlines()[0].removeprefix("# ")


def html_of(name: str) -> SafeString:
    """The body of a guide, below its heading."""
    blocks = re.split(r"\n\s*\n", _text(name).partition("\n")[2].strip())
    return mark_safe("\n".join(_joined([_block(block) for block in blocks])))  # noqa: S308 - escaped below


def _text(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text()


def _block(block: str) -> tuple[str, str]:
    """The list a block belongs to ("ol", "ul", or "" for none) and its HTML."""
    if block.startswith("## "):
        return "", f'<h2 class="govuk-heading-m">{_inline(block[3:])}</h2>'
    if found := _IMAGE.fullmatch(block.strip()):
        return ("in" if block.startswith(" ") else ""), _picture(found)
    if _ITEM.match(block):
        kind = "ul" if block.startswith("- ") else "ol"
        items = re.split(r"\n(?=\d+\. |- )", block)
        return kind, "".join(f"<li>{_inline(_ITEM.sub('', item, count=1))}</li>" for item in items)
    return "", f'<p class="govuk-body">{_inline(block)}</p>'


def _joined(blocks: list[tuple[str, str]]) -> list[str]:
    """Lists opened and closed; a picture between two steps belongs to the first of them."""
    out: list[str] = []
    open_list = ""
    for kind, html in blocks:
        if kind == "in":
            out[-1] = out[-1].removesuffix("</li>") + html + "</li>"
            continue
        if open_list and kind != open_list:
            out.append(f"</{open_list}>")
            open_list = ""
        if kind and not open_list:
            look = "number" if kind == "ol" else "bullet"
            out.append(f'<{kind} class="govuk-list govuk-list--{look} govuk-list--spaced">')
            open_list = kind
        out.append(html)
    return [*out, f"</{open_list}>"] if open_list else out


def _picture(found: re.Match[str]) -> str:
    address = static(f"guides/{found[2]}")
    image = f'<img class="hb-guide" src="{address}" alt="{escape(found[1])}" loading="lazy">'
    return f'<a href="{address}">{image}</a>'


def _inline(text: str) -> str:
    said = str(escape(" ".join(text.split())))
    said = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", said)
    said = re.sub(r"`([^`]+)`", r'<code class="hb-key">\1</code>', said)
    return re.sub(r"\[([^\]]+)\]\(([\w-]+)\.md\)", _link, said)


def _link(found: re.Match[str]) -> str:
    return f'<a class="govuk-link" href="{reverse("guide", args=[found[2]])}">{found[1]}</a>'
