"""What every message says, whatever the case. A Cancel says this alone: never how it ended (domain.md 5).

The Welsh is a draft for a translator to read (docs/welsh.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from alerts.cap.xml.names import ENGLISH, WELSH


@dataclass(frozen=True, slots=True)
class Fixed:
    """The standing words of one language."""

    sender_name: str
    contact: str
    exercise: str
    ended_headline: str
    ended_description: str
    ended_instruction: str
    picture: str
    drawn_area: str


FIXED: dict[str, Fixed] = {
    ENGLISH: Fixed(
        sender_name="Missing People, with the police",
        contact="Emergency 999. Missing People 116 000, free, day and night.",
        exercise="EXERCISE. This is not a real alert.",
        ended_headline="Child Rescue Alert ended",
        ended_description=(
            "This Child Rescue Alert has ended. Please take it down and do not share it any more."
        ),
        ended_instruction="Nothing more needs to be done. Thank you for looking.",
        picture="Picture of the child",
        drawn_area="Area drawn on the map",
    ),
    WELSH: Fixed(
        sender_name="Missing People, gyda'r heddlu",
        contact="Argyfwng 999. Missing People 116 000, am ddim, ddydd a nos.",
        exercise="YMARFER. Nid yw hwn yn rhybudd go iawn.",
        ended_headline="Rhybudd Achub Plentyn wedi dod i ben",
        ended_description=(
            "Mae'r Rhybudd Achub Plentyn hwn wedi dod i ben. Tynnwch ef i lawr a pheidiwch â'i rannu mwyach."
        ),
        ended_instruction="Nid oes angen gwneud dim mwy. Diolch am chwilio.",
        picture="Llun o'r plentyn",
        drawn_area="Ardal wedi'i thynnu ar y map",
    ),
}
