"""What a poster, a creative or a share image may bear: published words, and no other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from appeals.printing.words import age_line, furniture_of, question, since_line, to_do_of

if TYPE_CHECKING:
    from appeals.projection import Published

# The longest text of each field, in signs, that still fits its room at a size to be read.
LONGEST = {
    "headline": 120,
    "name": 141,
    "age_line": 50,
    "since_line": 60,
    "area": 100,
    "description": 600,
    "clothing": 300,
    "reference": 30,
    "web_address": 120,
    "picture_alt": 400,
}


class TooLongToPrint(ValueError):
    """`field` holds more than the `most` signs that there is room for."""

    def __init__(self, field: str, most: int) -> None:
        super().__init__(f"The {field.replace('_', ' ')} must have {most} characters or fewer to be printed.")
        self.field = field
        self.most = most


@dataclass(frozen=True, slots=True)
class Sheet:
    """One language's words, and the picture: a JPEG as `foundation.pictures` writes it, or None.

    Raises TooLongToPrint.
    """

    language: str
    headline: str
    name: str
    age_line: str
    since_line: str
    area: str
    description: str
    clothing: str
    reference: str
    web_address: str
    to_do: tuple[str, ...]
    picture: bytes | None
    picture_alt: str
    helpline: str
    is_alert: bool = False

    def __post_init__(self) -> None:
        for field, most in LONGEST.items():
            if len(getattr(self, field)) > most:
                raise TooLongToPrint(field, most)

    def for_template(self) -> dict[str, Any]:
        """Its words and those that every sheet bears."""
        words = asdict(self)
        del words["picture"], words["is_alert"]
        return {**words, **furniture_of(self.language, is_alert=self.is_alert)}


def sheet_of(published: Published, *, web_address: str, picture: bytes | None) -> Sheet:
    """The sheet of what is published, in its language. Without a headline it asks whether they were seen.

    Raises TooLongToPrint.
    """
    language = published.language
    return Sheet(
        language=language,
        headline=published.headline or question(published.first_name, language),
        name=published.name,
        age_line=age_line(published.age, language),
        since_line=since_line(published.missing_since, language),
        area=published.area,
        description=published.description,
        clothing=published.clothing,
        reference=published.reference,
        web_address=web_address,
        to_do=to_do_of(language, is_alert=published.is_alert),
        picture=picture,
        picture_alt=published.alt_text,
        helpline=published.helpline,
        is_alert=published.is_alert,
    )
