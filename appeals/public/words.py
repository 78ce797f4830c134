"""What stands around an appeal on its page, in English and in Welsh."""

from __future__ import annotations

from appeals.enums import Language

WORDS: dict[str, dict[str, str]] = {
    Language.ENGLISH: {
        "missing": "Missing",
        "title": "Missing person appeal",
        "danger": "If anybody is in danger now, call 999.",
        "since": "Missing since",
        "age": "Age when last seen",
        "area": "Missing from",
        "description": "Description",
        "clothing": "Clothing",
        "reference": "Reference",
        "tell": "Tell us what you saw",
        "tell_words": "It takes two minutes. You do not have to give your name.",
        "call": "Call",
        "text": "Text",
        "free": "Free, confidential, day and night.",
        "is_me": "Is this you?",
        "is_me_words": "You are not in trouble. You can talk to us in confidence, and you decide what "
        "happens next.",
        "is_me_link": "Tell us that you are this person, or that this is not true",
        "poster": "Print a poster",
        "easy": "Easy Read",
        "other": "Cymraeg",
        "pending": "The photo is being made ready.",
        "elsewhere": "Other appeals",
        "more": "Help us in other ways",
    },
    Language.WELSH: {
        "missing": "Ar goll",
        "title": "Apêl person ar goll",
        "danger": "Os oes rhywun mewn perygl nawr, ffoniwch 999.",
        "since": "Ar goll ers",
        "age": "Oedran pan welwyd ddiwethaf",
        "area": "Ar goll o",
        "description": "Disgrifiad",
        "clothing": "Dillad",
        "reference": "Cyfeirnod",
        "tell": "Dywedwch wrthym beth welsoch chi",
        "tell_words": "Mae'n cymryd dwy funud. Does dim rhaid i chi roi eich enw.",
        "call": "Ffoniwch",
        "text": "Tecstiwch",
        "free": "Am ddim, yn gyfrinachol, ddydd a nos.",
        "is_me": "Ai chi yw hwn?",
        "is_me_words": "Dydych chi ddim mewn trwbl. Gallwch siarad â ni'n gyfrinachol, a chi sy'n penderfynu "
        "beth sy'n digwydd nesaf.",
        "is_me_link": "Dywedwch wrthym mai chi yw'r person hwn, neu nad yw hyn yn wir",
        "poster": "Argraffu poster",
        "easy": "Hawdd ei Ddeall (Saesneg)",
        "other": "English",
        "pending": "Mae'r llun yn cael ei baratoi.",
        "elsewhere": "Apeliadau eraill",
        "more": "Ffyrdd eraill o helpu",
    },
}
