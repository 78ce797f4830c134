"""Every figure of the response to the Met, with what can be said of it from records (domain.md section 9)."""

from __future__ import annotations

from reports.figures.declared import ALL_AGES, Breakdown, Figure, Part, Published, Reach

_LONDON = "London, 2012/13"
_INCIDENTS = ("incidents", ALL_AGES)
_CHILDREN = ("individuals", "child")
_DIFFER = (
    "38,904, 40,000 and 42,000 are three published counts of the same year or near it, by different "
    "definitions. They are shown as they were published and not reconciled."
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "incidents",
        "Missing incidents",
        "incidents",
        "Incidents reported in the period, absent ones among them, without those cancelled as a duplicate, "
        "recorded in error or not a missing person. Of the force that owns them now. Age as at the report.",
        Reach.POLICE,
        (
            Part("All", _INCIDENTS),
            Part("Children (under 18)", ("incidents", "child")),
            Part("Adults", ("incidents", "adult")),
            Part("Age not known", ("incidents", "not_known")),
        ),
        (
            Published("38,904", "Metropolitan Police incidents, 2012/13", beside="All"),
            Published("40,000", _LONDON + ", about", beside="All"),
            Published("42,000", "Cases a year; the Commissioner, no year given", beside="All"),
        ),
        cannot=_DIFFER,
    ),
    Figure(
        "individuals",
        "Individuals",
        "people",
        "Distinct people with an incident as above in the period. A record that two forces each hold of one "
        "person counts once in each force, and twice over all forces. Somebody who had a birthday may count "
        "as a child and as an adult, so ages may add up to more than all.",
        Reach.POLICE,
        (
            Part("All", ("individuals", ALL_AGES)),
            Part("Children", ("individuals", "child")),
            Part("Adults", ("individuals", "adult")),
        ),
        cannot="Calls are not counted: what is recorded here begins with an incident.",
    ),
    Figure(
        "repeats",
        "Repeat incidents",
        "incidents",
        "Incidents of the period after somebody's first in the same period: incidents less individuals.",
        Reach.POLICE,
        (Part("Repeat incidents", ("repeats", ALL_AGES), among=_INCIDENTS),),
    ),
    Figure(
        "fatal",
        "Fatal outcomes",
        "incidents",
        "Incidents reported in the period whose outcome is located deceased.",
        Reach.POLICE,
        (Part("Fatal", ("outcome", "located_deceased", ALL_AGES), among=_INCIDENTS),),
        (Published("157", _LONDON, beside="Fatal"),),
        leads_to="learning:review",
    ),
    Figure(
        "sexual_exploitation",
        "Child sexual exploitation and going missing",
        "people, and their incidents",
        "People of any age with an incident in the period at which the flag was suspected or confirmed, and "
        "these incidents. The flag as it stood on the incident: what the same people had before it was set "
        "is not among them.",
        Reach.POLICE,
        (
            Part("People flagged", ("people_flagged", "cse")),
            Part("Their incidents", ("flags", "cse", ALL_AGES), among=_INCIDENTS),
        ),
        (
            Published("70%", "Victims of child sexual exploitation who had also gone missing"),
            Published("6 victims, 500 incidents", "How often they had been missing between them"),
        ),
        cannot="Whoever was exploited and never reported missing is in no record here, so the 70% has no "
        "counterpart.",
    ),
    Figure(
        "children_reviewed",
        "Children with signs of gangs or exploitation",
        "children, and their incidents",
        "Children under 18 at the report, each once, with an incident in the period at which the flag was "
        "suspected or confirmed; and these incidents.",
        Reach.POLICE,
        (
            Part("Gang, children", ("people_flagged", "gang", "child"), among=_CHILDREN),
            Part("Gang, their incidents", ("flags", "gang", "child"), among=("incidents", "child")),
            Part("Child sexual exploitation, children", ("people_flagged", "cse", "child"), among=_CHILDREN),
            Part(
                "Child sexual exploitation, their incidents",
                ("flags", "cse", "child"),
                among=("incidents", "child"),
            ),
        ),
        (
            Published("261", "Children reported to the charity, London link, January 2012 to August 2013"),
            Published("26 of 261", "of these, gang-related", beside="Gang, children"),
            Published(
                "12 of 261",
                "of these, sexually exploited or at risk",
                beside="Child sexual exploitation, children",
            ),
        ),
        cannot="The 261 were reported to the charity and read one by one; these were reported to a force. A "
        "flag is what was recorded; a cohort review reads the notes.",
        leads_to="cohorts:list",
        version=2,
    ),
    Figure(
        "trafficked_in_care",
        "Trafficked children in care",
        "children, and their incidents",
        "Children under 18 at the report, each once, with an incident in the period at which they were "
        "looked after and trafficking was suspected or confirmed; and these incidents. Whoever's age is not "
        "known is not among them.",
        Reach.POLICE,
        (
            Part("Children", ("trafficked_children_in_care",)),
            Part("Their incidents", ("incidents_of_trafficked_children_in_care",)),
        ),
        (
            Published("60%", "Trafficked children in care who go missing"),
            Published("Nearly a third", "of these, gone within a week of placement"),
        ),
        cannot="Trafficked children in care who never went missing, and days of placement, are not recorded "
        "here: no share of them has a counterpart.",
        version=2,
    ),
    Figure(
        "mental_health",
        "Adults with mental-health problems",
        "adults, and their incidents",
        "Adults at the report, each once, with an incident in the period at which the flag for mental health "
        "was suspected or confirmed; and these incidents.",
        Reach.POLICE,
        (
            Part("Adults", ("people_flagged", "mental_health", "adult"), among=("individuals", "adult")),
            Part("Their incidents", ("flags", "mental_health", "adult"), among=("incidents", "adult")),
        ),
        (Published("Up to 80%", "Missing adults with mental-health problems", beside="Adults"),),
        version=2,
    ),
    Figure(
        "new_appeals",
        "New appeals",
        "appeals",
        "Appeals published for the first time in the period, of every kind.",
        Reach.OPEN,
        (Part("New appeals", ("new_appeals",)),),
        (Published("439", "New appeals for London, the past year", beside="New appeals"),),
    ),
    Figure(
        "textsafe_sent",
        "TextSafe messages",
        "texts",
        "Texts that the carrier accepted in the period, by who asked: an officer, a system of the force, or "
        "the force's automatic policy, of which nobody asks for each. Accepted is not read.",
        Reach.CONFIDENTIAL,
        (
            Part("Asked for by an officer", ("textsafe_sent", "officer")),
            Part("Asked for by a system of the force", ("textsafe_sent", "system")),
            Part("Automatic", ("textsafe_sent", "automation")),
            Part("All accepted by the carrier", ("textsafe_sent",)),
        ),
        (Published("373", "At the Met's request, last year", beside="Asked for by an officer"),),
        cannot="The 373 were at the force's request: they stand beside those that were asked for, not beside "
        "the automatic ones.",
        version=2,
    ),
    Figure(
        "family_members",
        "Family members supported",
        "people",
        "Distinct people whom the charity was in contact with in the period; of a force where an incident of "
        "theirs is known. A message that failed or has not left, and the correction of an entry, are no "
        "contact. Relatives of several cases are one person where the cases have the same telephone number "
        "or address of theirs; with none in common, or once these were erased, they count once in each case.",
        Reach.CONFIDENTIAL,
        (Part("Family members", ("family_members",)),),
        (Published("620", "In London, last year", beside="Family members"),),
        version=2,
    ),
    Figure(
        "interviews",
        "Return Home Interviews",
        "returns of children",
        "Of the returns in the period for which an interview was owed. Withdrawn ones, and of children who "
        "died, were not. A return whose 72 hours still run counts as not held.",
        Reach.CONFIDENTIAL,
        (
            Part("Owed", ("interviews", "owed")),
            Part("Offered", ("interviews", "offered"), among=("interviews", "owed")),
            Part("Accepted", ("interviews", "accepted"), among=("interviews", "offered")),
            Part("Held within 72 hours", ("interviews", "in_time"), among=("interviews", "owed")),
        ),
    ),
    Figure(
        "reduction",
        "Reduction after Return Home Interviews",
        "-",
        "A fair comparison needs a cohort and comparators: a page of its own, which says what it cannot.",
        Reach.OPEN,
        published=(Published("Up to 30%", "Reduction in incidents with effective services"),),
        cannot="No share is told here: a plain before and after flatters the service.",
        leads_to="before_after:list",
    ),
    Figure(
        "closures_supported",
        "Closed incidents that were supported",
        "incidents",
        "Incidents closed in the period with at least one service delivered before the person was located: a "
        "TextSafe accepted by the carrier, an appeal, a Child Rescue Alert, contact with the family, or a "
        "referral that a partner accepted for tracing or lost contact. It is an association: it does not say "
        "that the service was why.",
        Reach.CONFIDENTIAL,
        (Part("Supported", ("closures", "supported"), among=("closures", ALL_AGES)),),
        (Published("540", "Met investigations helped to close, 2014/15", beside="Supported"),),
        leads_to="supported:closures",
        version=2,
    ),
    Figure(
        "followers",
        "Social-media followers",
        "-",
        "Not recorded here: networks count their own followers.",
        Reach.OPEN,
        published=(Published("100,000", "Followers of the charity"),),
        cannot="Cannot be answered here.",
    ),
    Figure(
        "cost",
        "What missing incidents cost the police",
        "-",
        "Not recorded here: no record of a force's spending is.",
        Reach.OPEN,
        published=(Published("Over 50 million pounds", "A year; the Commissioner, no year given"),),
        cannot="Cannot be answered here. Closures supported are set beside a cost that somebody entered with "
        "its source.",
        leads_to="supported:closures",
    ),
)

BREAKDOWNS: tuple[Breakdown, ...] = (
    Breakdown("risk", "risk", "Risk", "As it stands now."),
    Breakdown("duration", "duration", "From report to found", by="time from report to found"),
    Breakdown("found_by", "found_by", "Found by", by="who found them"),
    Breakdown("looked_after", "looked_after", "Looked after", by="whether they are looked after"),
    Breakdown("outcome", "outcome", "Outcome"),
    Breakdown("harm", "harm", "Harm", "An incident may stand in several rows: they do not add up.", True),
    Breakdown(
        "flags", "vulnerability", "Flags", "An incident may stand in several rows: they do not add up.", True
    ),
)
