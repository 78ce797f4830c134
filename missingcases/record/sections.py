"""The fields of the record by section (domain.md section 1, report fields). Data only.

What rules use stands in typed columns instead: names, birth, sex, times, care status, authorities.
"""

from __future__ import annotations

from missingcases.record.fields import Field, Kind, Reach, Section

_OWNER = Reach.OWNER
_LONG = Kind.LONG_TEXT
_KNOWN = Kind.KNOWN
_LINES = Kind.LINES

# Self-defined ethnicity 18+1 [24].
SELF_DEFINED = (
    ("W1", "White: British"),
    ("W2", "White: Irish"),
    ("W3", "White: Gypsy or Irish Traveller"),
    ("W9", "White: other"),
    ("M1", "Mixed: White and Black Caribbean"),
    ("M2", "Mixed: White and Black African"),
    ("M3", "Mixed: White and Asian"),
    ("M9", "Mixed: other"),
    ("A1", "Asian: Indian"),
    ("A2", "Asian: Pakistani"),
    ("A3", "Asian: Bangladeshi"),
    ("A4", "Asian: Chinese"),
    ("A9", "Asian: other"),
    ("B1", "Black: Caribbean"),
    ("B2", "Black: African"),
    ("B9", "Black: other"),
    ("O2", "Arab"),
    ("O9", "Other"),
    ("NS", "Not stated"),
)
OFFICER_DEFINED = (
    ("IC1", "IC1 White - North European"),
    ("IC2", "IC2 White - South European"),
    ("IC3", "IC3 Black"),
    ("IC4", "IC4 Asian"),
    ("IC5", "IC5 Chinese, Japanese or other South-East Asian"),
    ("IC6", "IC6 Arab or North African"),
    ("IC9", "IC9 Unknown"),
)
_STAGES = (
    ("not_asked", "Not asked"),
    ("asked", "Asked for"),
    ("obtained", "Obtained"),
    ("submitted", "Submitted"),
    ("not_available", "Not available"),
)
_LEGAL = (
    ("section_20", "Accommodated (section 20)"),
    ("section_31", "Care order (section 31)"),
    ("interim", "Interim care order"),
    ("remand", "Remand"),
    ("care_leaver", "Care leaver"),
    ("other", "Other"),
    ("not_known", "Not known"),
)
_PLACEMENTS = (
    ("foster", "Foster care"),
    ("childrens_home", "Children's home"),
    ("semi_independent", "Semi-independent"),
    ("secure", "Secure accommodation"),
    ("kinship", "With family or friends"),
    ("unregulated", "Unregulated"),
    ("other", "Other"),
    ("not_known", "Not known"),
)
_INTENTIONS = (
    ("left_by_choice", "Left by choice"),
    ("drifted", "Drifted away"),
    ("forced", "Forced or lured"),
    ("lost", "Lost or unintended"),
    ("not_known", "Not known"),
)


def _evidence(code: str, label: str) -> tuple[Field, Field]:
    return (
        Field(f"{code}_stage", f"{label}: stage", Kind.CHOICE, _STAGES, needed=True, reach=_OWNER),
        Field(f"{code}_consent", f"{label}: consent", _KNOWN, reach=_OWNER),
    )


_ALL = (
    Section(
        "identity",
        "Identity",
        (
            Field("gender_identity", "Gender identity, in their own words"),
            Field("nationality", "Nationality", needed=True),
            Field("languages", "Languages", _LINES, needed=True),
            Field("interpreter", "Interpreter needed", _KNOWN),
            Field("immigration", "Immigration status", reach=_OWNER),
            Field("self_defined", "Ethnicity, self-defined (18+1)", Kind.CHOICE, SELF_DEFINED, needed=True),
            Field("self_defined_source", "Who gave the self-defined ethnicity"),
            Field(
                "officer_defined",
                "Ethnicity, officer-defined",
                Kind.CHOICE,
                OFFICER_DEFINED,
                hint="What the officer saw. Never worked out from the self-defined one.",
            ),
        ),
    ),
    Section(
        "description",
        "Description",
        (
            Field("height_cm", "Height in centimetres", Kind.NUMBER, needed=True, maximum=260),
            Field("build", "Build", needed=True),
            Field("hair", "Hair", needed=True),
            Field("eyes", "Eyes", needed=True),
            Field("facial_hair", "Facial hair"),
            Field("glasses", "Wears glasses", _KNOWN),
            Field("marks", "Marks, scars and tattoos", _LONG, needed=True),
            Field("accent", "Accent"),
        ),
    ),
    Section(
        "circumstances",
        "Circumstances",
        (
            Field("what_happened", "What happened", _LONG, needed=True),
            Field("last_seen_by", "Last seen by", needed=True),
            Field("intention", "Thought to have", Kind.CHOICE, _INTENTIONS, needed=True),
            Field("out_of_character", "Out of character", _KNOWN, needed=True),
            Field("preparations", "Preparations made", _LONG),
            Field("note_left", "Note or message left", _KNOWN, needed=True),
            Field("note_text", "What the note says", _LONG, reach=_OWNER),
            Field("clothing", "Clothing", _LONG, needed=True),
            Field("carried", "Carried", _LONG),
        ),
    ),
    Section(
        "means",
        "Means",
        (
            Field("vehicle", "Vehicle and registration"),
            Field("devices", "Devices", _LINES, needed=True),
            Field("imei", "IMEI numbers", _LINES, reach=_OWNER),
            Field("social_handles", "Social-media names", _LINES, needed=True),
            Field("bank", "Bank", reach=_OWNER),
            Field("bank_last_used", "Bank card last used", Kind.DATE, reach=_OWNER),
            Field("transport_card", "Transport card", reach=_OWNER),
            Field("passport", "Passport", _KNOWN, needed=True),
            Field("cash", "Cash"),
        ),
    ),
    Section(
        "health",
        "Health",
        (
            Field("conditions", "Conditions", _LONG, needed=True, hidden=True),
            Field("medication", "Medication", _LONG, needed=True, hidden=True),
            Field(
                "hours_to_harm", "Hours without medication until harm", Kind.NUMBER, hidden=True, maximum=8760
            ),
            Field("mental_health", "Mental health", _LONG, needed=True, hidden=True),
            Field("suicidal_thoughts", "Thoughts of suicide", _KNOWN, needed=True, hidden=True),
            Field("dementia", "Dementia", _KNOWN, hidden=True),
            Field("disability", "Disability", _LONG, hidden=True),
            Field("allergies", "Allergies", _LONG, hidden=True),
            Field("gp", "GP", hidden=True),
        ),
    ),
    Section(
        "care",
        "Care",
        (
            Field("legal_status", "Legal status", Kind.CHOICE, _LEGAL, needed=True),
            Field("care_placement_kind", "Kind of placement", Kind.CHOICE, _PLACEMENTS, needed=True),
            Field("care_placement_address", "Address of the placement", _LONG),
            Field("out_of_area", "Placed out of area", _KNOWN, needed=True),
            Field("social_worker", "Social worker", needed=True),
            Field("iro", "Independent reviewing officer"),
            Field("protection_plan", "Child protection plan", _KNOWN),
        ),
    ),
    Section(
        "education",
        "Education and work",
        (
            Field("school", "School or college"),
            Field("school_year", "School year"),
            Field("employer", "Employer"),
            Field("attendance", "Attendance or pattern of work", _LONG),
        ),
    ),
    Section(
        "network",
        "Network",
        (
            Field("associates", "Friends and associates", _LINES, needed=True),
            Field("places", "Places often visited", _LINES, needed=True),
            Field("persons_of_concern", "Persons of concern", _LINES, reach=_OWNER),
            Field("abduction_warnings", "Abduction warning notices", _LINES, reach=_OWNER),
            Field("court_orders", "Court orders", _LINES, reach=_OWNER),
            Field("bail", "Bail conditions", _LONG, reach=_OWNER),
            Field("warning_markers", "Warning markers", _LINES, reach=_OWNER),
        ),
    ),
    Section(
        "identification",
        "Identification",
        (
            *_evidence("dna", "DNA"),
            *_evidence("dental", "Dental record"),
            *_evidence("fingerprints", "Fingerprints"),
        ),
    ),
)
SECTIONS: dict[str, Section] = {one.code: one for one in _ALL}


def section(code: str) -> Section:
    """The section of that code; raises KeyError."""
    return SECTIONS[code]
