"""The text of a post, from the projection alone, within the length that a network allows."""

from __future__ import annotations

from appeals.printing import words
from appeals.projection import Published

_SEEN = {"en": "Tell us what you saw:", "cy": "Dywedwch beth welsoch chi:"}
_ALERT = {"en": "The alert as it stands now:", "cy": "Y rhybudd fel y mae nawr:"}


def post(shown: Published, page: str, *, longest: int, page_counts: int | None = None) -> str:
    """Who is missed, what they look like as far as it fits, where to turn, and the page.

    `page_counts` is what the network counts for an address; None counts its characters.
    """
    about = " ".join(part for part in (shown.description, shown.clothing) if part)
    left = longest - len(_around(shown, page, "")) - 2  # two ends of a line
    if page_counts is not None:
        left += len(page) - page_counts
    return _around(shown, page, shortened(about, left))


def _around(shown: Published, page: str, about: str) -> str:
    language = shown.language
    furniture = words.furniture_of(language, is_alert=shown.is_alert)
    who = ", ".join(
        part for part in (shown.name, str(shown.age) if shown.age is not None else "", shown.area) if part
    )
    lines = (
        shown.headline or words.question(shown.first_name, language),
        f"{who}. {words.since_line(shown.missing_since, language)}.",
        about,
        f"{(_ALERT if shown.is_alert else _SEEN)[language]} {page}",
        f"{furniture['call']} {shown.helpline}. {furniture['danger_short']}.",
    )
    return "\n\n".join(line for line in lines if line)


def shortened(text: str, longest: int) -> str:
    """At most so many characters: whole sentences where one fits, else whole words and three dots."""
    if len(text) <= longest:
        return text
    cut = text[: max(longest, 0)]
    sentence = max(cut.rfind(end) for end in (". ", "! ", "? "))
    if sentence > 0:
        return cut[: sentence + 1]
    words_end = text[: max(longest - 1, 0)].rfind(" ")
    return f"{cut[:words_end]}…" if words_end > 0 else ""
