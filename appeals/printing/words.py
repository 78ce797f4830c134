"""The words that every sheet bears, in English and in Welsh."""

from __future__ import annotations

from datetime import date

FURNITURE: dict[str, dict[str, str]] = {
    "en": {
        "missing": "MISSING",
        "call": "Call or text",
        "free": "Free, day or night",
        "danger": "If they are in danger, call 999",
        "danger_short": "In danger? Call 999",
        "area_label": "Missing from",
        "description_label": "Description",
        "clothing_label": "Clothing",
        "to_do_label": "What to do",
        "reference_label": "Reference",
        "scan": "Scan to see the appeal or tell us what you saw",
        "poster_title": "Missing person poster",
        "qr_alt": "QR code that opens the appeal at",
    },
    "cy": {
        "missing": "AR GOLL",
        "call": "Ffoniwch neu tecstiwch",
        "free": "Am ddim, ddydd a nos",
        "danger": "Os ydyn nhw mewn perygl, ffoniwch 999",
        "danger_short": "Mewn perygl? Ffoniwch 999",
        "area_label": "Ardal",
        "description_label": "Disgrifiad",
        "clothing_label": "Dillad",
        "to_do_label": "Beth i’w wneud",
        "reference_label": "Cyfeirnod",
        "scan": "Sganiwch i weld yr apêl neu i ddweud beth welsoch chi",
        "poster_title": "Poster person ar goll",
        "qr_alt": "Cod QR sy’n agor yr apêl yn",
    },
}
# What a Child Rescue Alert says in their place.
_OF_ALERTS: dict[str, dict[str, str]] = {
    "en": {
        "missing": "CHILD RESCUE ALERT",
        "call": "If you see them, call",
        "free": "At once, day or night",
        "danger": "Do not go up to anybody",
        "danger_short": "Do not go up to anybody",
        "scan": "Scan to see the alert",
        "poster_title": "Child Rescue Alert",
        "qr_alt": "QR code that opens the alert at",
    },
    "cy": {
        "missing": "RHYBUDD ACHUB PLENTYN",
        "call": "Os gwelwch chi nhw, ffoniwch",
        "free": "Ar unwaith, ddydd neu nos",
        "danger": "Peidiwch â mynd at neb",
        "danger_short": "Peidiwch â mynd at neb",
        "scan": "Sganiwch i weld y rhybudd",
        "poster_title": "Rhybudd Achub Plentyn",
        "qr_alt": "Cod QR sy’n agor y rhybudd yn",
    },
}
_TO_DO_AT_ALERTS: dict[str, tuple[str, ...]] = {
    "en": (
        "If you see them, call 999 at once. Say where and when.",
        "Do not go up to anybody, and do not follow them.",
    ),
    "cy": (
        "Os gwelwch chi nhw, ffoniwch 999 ar unwaith. Dywedwch ble a phryd.",
        "Peidiwch â mynd at neb, a pheidiwch â’u dilyn.",
    ),
}
TO_DO: dict[str, tuple[str, ...]] = {
    "en": (
        "Call or text 116 000 and say what you saw, where and when.",
        "You do not have to give your name.",
        "Is this you? Call or text us. You decide what happens next.",
    ),
    "cy": (
        "Ffoniwch neu tecstiwch 116 000 a dywedwch beth welsoch chi, ble a phryd.",
        "Does dim rhaid i chi roi eich enw.",
        "Ai chi yw hwn? Cysylltwch â ni. Chi sy’n penderfynu beth sy’n digwydd nesaf.",
    ),
}
_MONTHS = {
    "en": [
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ],
    "cy": [
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
        *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    ],
}


def furniture_of(language: str, *, is_alert: bool) -> dict[str, str]:
    """The words that a sheet or a post bears around what was written."""
    return FURNITURE[language] | (_OF_ALERTS[language] if is_alert else {})


def to_do_of(language: str, *, is_alert: bool) -> tuple[str, ...]:
    """What somebody is to do who reads it."""
    return _TO_DO_AT_ALERTS[language] if is_alert else TO_DO[language]


def day(moment: date, language: str) -> str:
    """As it is said: 3 November 2026, 3 Tachwedd 2026."""
    return f"{moment.day} {_MONTHS[language][moment.month - 1]} {moment.year}"


def age_line(age: int | None, language: str) -> str:
    """Empty where nobody knows it."""
    if age is None:
        return ""
    return f"Aged {age} when last seen" if language == "en" else f"{age} oed pan welwyd ddiwethaf"


def since_line(moment: date, language: str) -> str:
    """Since which day, in words."""
    return f"{'Missing since' if language == 'en' else 'Ar goll ers'} {day(moment, language)}"


def question(first_name: str, language: str) -> str:
    """What is asked of whoever reads it."""
    return f"Have you seen {first_name}?" if language == "en" else f"Ydych chi wedi gweld {first_name}?"
