"""Whom the demonstration tells of. Data; every name and number is fictional (drama range 07700 900xxx)."""

from __future__ import annotations

from dataclasses import dataclass

from missingcases.enums import FlagKind as F


@dataclass(frozen=True, slots=True)
class Case:
    """One incident. `hours` since the report; `found` hours after it; `stage` how far it has come since.

    `again` names an earlier case of the same person. `late` leaves the last review undone.
    """

    key: str
    given: str
    family: str
    age: int
    sex: str
    hours: float
    borough: str
    place: str
    told: str
    risk: str = "medium"
    force: str = "metropolitan"
    by: tuple[str, str] = ("", "")
    flags: tuple[str, ...] = ()
    phone: str = ""
    care: str = ""
    found: float | None = None
    stage: str = "open"
    found_by: str = "own_return"
    again: str = ""
    late: bool = False


# fmt: off
OPEN: tuple[Case, ...] = (
    Case("leah", "Leah", "Underwood", 14, "female", 5.5, "Lambeth", "Brixton station",
         "Did not come back to her placement after school. Got into a silver car outside the station.",
         "high", by=("Grace Tennant", "Key worker"), flags=(F.CSE, F.CARE, F.REPEAT_MISSING),
         phone="07700900101", care="la-lambeth", again="leah2"),
    Case("marlon", "Marlon", "Achterberg", 16, "male", 27, "Lambeth", "Loughborough Junction",
         "Left the home at night with a rucksack. Two phones were found in his room last week.", "high",
         by=("Ade Coker", "Home manager"), flags=(F.COUNTY_LINES, F.CARE), phone="07700900102",
         care="la-lambeth", again="marlon1"),
    Case("doris", "Doris", "Penhallow", 81, "female", 3.2, "Croydon", "Addiscombe tram stop",
         "Walked out of the kitchen door in slippers. She looks for the house she grew up in.", "high",
         by=("Keith Penhallow", "Husband"), flags=(F.DEMENTIA, F.MEDICATION_CRITICAL)),
    Case("ewan", "Ewan", "Lisle", 34, "male", 9.5, "Camden", "Hampstead Heath, Parliament Hill",
         "Left a message to his brother that worried him. His car is at the heath.", "high",
         by=("Rory Lisle", "Brother"), flags=(F.SUICIDE, F.MENTAL_HEALTH), phone="07700900104"),
    Case("priya", "Priya", "Nandakumar", 22, "female", 31, "Tower Hamlets", "Mile End library",
         "Did not come home from college. Her flatmate says her family had booked her a flight.", "high",
         by=("Chloe Barnard", "Flatmate"), flags=(F.HONOUR_BASED_ABUSE,), phone="07700900105"),
    Case("tom", "Tom", "Carraway", 15, "male", 7, "Southwark", "Burgess Park",
         "Argued with his mother about his phone and went out. Has done so before and come back by night.",
         "medium", by=("Helen Carraway", "Mother"), phone="07700900106"),
    Case("shanice", "Shanice", "Oduya", 17, "female", 20, "Hackney", "Dalston Kingsland",
         "Went to see her boyfriend, whom nobody has met. Missed her exam this morning.", "medium",
         by=("Patience Oduya", "Aunt"), phone="07700900107", flags=(F.ONLINE_EXPLOITATION,)),
    Case("viktor", "Viktor", "Dragan", 42, "male", 52, "Brent", "Wembley Park",
         "Did not come to work for two days. Lost his flat in October.", "medium",
         by=("Anita Sule", "Employer"), phone="07700900108", flags=(F.DRUGS_ALCOHOL,)),
    Case("josie", "Josie", "Farrant", 13, "female", 1.4, "Lewisham", "Catford Broadway",
         "Not at the school gate. Her friend thinks she took a bus to Bromley.", "medium",
         by=("Mark Farrant", "Father"), phone="07700900109"),
    Case("hamid", "Hamid", "Noorzai", 16, "male", 75, "Croydon", "Lunar House",
         "Arrived in the country six weeks ago. Did not come back from an appointment.", "medium",
         by=("Ruth Amos", "Social worker"), flags=(F.UASC, F.TRAFFICKING), care="la-croydon",
         phone="07700900110", late=True),
    Case("colin", "Colin", "Baverstock", 58, "male", 30, "Bromley", "Crystal Palace Park",
         "Went for a walk and left his telephone at home. Recently bereaved.", "medium",
         by=("Susan Baverstock", "Sister"), flags=(F.MENTAL_HEALTH,), late=True),
    Case("aisha", "Aisha", "Warsame", 19, "female", 12, "Ealing", "Acton Central",
         "Said she would be back by ten. Her telephone rings out.", "low", by=("Hodan Warsame", "Mother"),
         phone="07700900112"),
    Case("george", "George", "Ilbury", 67, "male", 16, "Sutton", "Cheam village",
         "Missed his lunch club, which he never does.", "low", by=("Pam Reeve", "Neighbour")),
    Case("kayleigh", "Kayleigh", "Stott", 15, "female", 2.6, "Newham", "Stratford",
         "With friends at the shopping centre, known to be with an older cousin. Due home by eight.",
         "absent", by=("Dawn Stott", "Foster carer"), care="la-newham", phone="07700900114"),
    Case("reece", "Reece", "Mallory", 17, "male", 4, "Greenwich", "Woolwich Arsenal",
         "Late back to his placement. Texted his key worker that he is at his brother's.", "absent",
         by=("Yusuf Demir", "Key worker"), care="la-greenwich", phone="07700900115"),
    Case("ines", "Ines", "Carvalho", 28, "female", 0.6, "Westminster", "Victoria coach station",
         "Was to arrive on the 14:30 coach. Her sister waited an hour.", "",
         by=("Marta Carvalho", "Sister"), phone="07700900116"),
    Case("billy", "Billy", "Trask", 12, "male", 0.3, "Lambeth", "Streatham Common",
         "Went to the shop on his bicycle and has not come back.", "", by=("Lorna Trask", "Grandmother"),
         phone="07700900117"),
    Case("nadine", "Nadine", "Okell", 39, "female", 44, "Islington", "Archway",
         "Left with one bag. A neighbour heard shouting the night before.", "high",
         by=("Jill Morrow", "Neighbour"), flags=(F.DOMESTIC_ABUSE,), phone="07700900118"),
    Case("arthur", "Arthur", "Selwyn", 45, "male", 2900, "Barnet", "Hadley Wood",
         "Last seen locking the shop. No use of bank or telephone since.", "medium",
         by=("Joyce Selwyn", "Wife"), stage="long_term"),
    Case("rhona", "Rhona", "Kettle", 31, "female", 2300, "Enfield", "Enfield Lock",
         "Did not come back from a walk by the canal. Searches of water and banks found nothing.", "high",
         by=("Neil Kettle", "Husband"), stage="long_term"),
    Case("piotr", "Piotr", "Zielony", 52, "male", 640, "Haringey", "Tottenham Hale",
         "Street homeless; the outreach team has not seen him since the cold week.", "medium",
         by=("Outreach team", "Day centre"), flags=(F.DRUGS_ALCOHOL,), late=True),
    Case("freya", "Freya", "Amberley", 16, "female", 22, "Canterbury", "Canterbury West station",
         "Took a train towards London after a quarrel. Talks to somebody online she calls Jay.", "high",
         "kent", ("Karen Amberley", "Mother"), (F.ONLINE_EXPLOITATION,), "07700900121"),
    Case("jack", "Jack", "Dunmore", 15, "male", 14, "Thanet", "Margate sands",
         "Second time this month. Placed here by Lambeth in August.", "medium", "kent",
         ("Sheila Bright", "Foster carer"), (F.CARE, F.GANG), "07700900122", "la-lambeth", again="jack1"),
    Case("moira", "Moira", "Feltham", 73, "female", 6, "Maidstone", "Mote Park",
         "Went to feed the ducks and did not come back. A little forgetful since the spring.", "medium",
         "kent", ("Alan Feltham", "Husband")),
    Case("sean", "Sean", "Hollis", 26, "male", 60, "Medway", "Chatham docks",
         "Off shift and not at his barracks address.", "low", "kent", ("Tia Hollis", "Sister"),
         phone="07700900124"),
    Case("lotte", "Lotte", "Vane", 17, "female", 40, "Dartford", "Bluewater",
         "Seen on a train to London Bridge. The Met has been asked to take the lead.", "medium", "kent",
         ("Greta Vane", "Mother"), phone="07700900125"),
    Case("ruby", "Ruby", "Stanway", 16, "female", 35, "Colchester", "Colchester North",
         "Left her college early with a bag packed.", "medium", "essex", ("Paul Stanway", "Father"),
         phone="07700900126"),
    Case("derek", "Derek", "Munnings", 70, "male", 11, "Southend-on-Sea", "Southend pier",
         "Did not come back to his hotel.", "medium", "essex", ("Hotel", "Manager")),
)
# fmt: on

# fmt: off
FOUND: tuple[Case, ...] = (
    Case("leah1", "Leah", "Underwood", 14, "female", 400, "Lambeth", "Brixton station",
         "Late back from school; would not say where she had been.", by=("Grace Tennant", "Key worker"),
         care="la-lambeth", found=7, stage="closed", flags=(F.CARE,)),
    Case("leah2", "Leah", "Underwood", 14, "female", 150, "Lambeth", "Stockwell",
         "Out all night. New trainers that nobody bought for her.", by=("Grace Tennant", "Key worker"),
         care="la-lambeth", found=16, stage="closed", again="leah1", found_by="police"),
    Case("marlon1", "Marlon", "Achterberg", 16, "male", 560, "Lambeth", "Peckham Rye",
         "Gone two nights, back with a cut hand.", by=("Ade Coker", "Home manager"), care="la-lambeth",
         found=43, stage="closed", found_by="carer"),
    Case("jack1", "Jack", "Dunmore", 15, "male", 350, "Thanet", "Ramsgate harbour",
         "Did not come home after a football match.", "medium", "kent", ("Sheila Bright", "Foster carer"),
         care="la-lambeth", found=11, stage="closed"),
    Case("nia", "Nia", "Oakes", 13, "female", 12, "Lambeth", "Norwood Grove",
         "Went to her aunt after a quarrel over a telephone.", by=("Sally Oakes", "Foster carer"),
         care="la-lambeth", found=6, stage="located", found_by="carer"),
    Case("kieran", "Kieran", "Doyle", 15, "male", 32, "Lambeth", "Vauxhall arches",
         "Back by himself; says that he walked all night.", by=("Ade Coker", "Home manager"),
         care="la-lambeth", found=10, stage="interviewed"),
    Case("ayo", "Ayo", "Fashola", 14, "male", 60, "Lambeth", "Tulse Hill",
         "Found at a friend's by his key worker.", by=("Grace Tennant", "Key worker"),
         care="la-lambeth", found=14, stage="interviewed", found_by="carer"),
    Case("zara", "Zara", "Whitcombe", 15, "female", 26, "Lambeth", "Clapham North",
         "Stayed with a friend after a quarrel; her friend's mother rang.", by=("Lucy Whitcombe", "Mother"),
         found=22, stage="located", found_by="family_friend", phone="07700900131"),
    Case("owen", "Owen", "Prentice", 24, "male", 18, "Lambeth", "Waterloo station",
         "Came home by himself this morning, tired and hungry.", by=("Sam Prentice", "Partner"), found=14,
         stage="located", phone="07700900132"),
    Case("betty", "Betty", "Arkwright", 79, "female", 30, "Merton", "Wimbledon",
         "Found by an ambulance crew at a bus stop.", "high", by=("Jean Arkwright", "Daughter"), found=5,
         stage="interviewed", found_by="other_agency", flags=(F.DEMENTIA,)),
    Case("cody", "Cody", "Larkin", 14, "male", 55, "Havering", "Romford market",
         "Back at his placement; says he slept at the station.", by=("Ben Root", "Key worker"),
         care="la-havering", found=30, stage="interviewed", found_by="police", phone="07700900134"),
    Case("imogen", "Imogen", "Sharples", 20, "female", 80, "Kingston upon Thames", "Kingston bridge",
         "Came back to her hall of residence.", by=("Warden", "University"), found=20, stage="interviewed",
         phone="07700900135"),
)
# fmt: on
# Earlier incidents, made up from these by a seeded chance: given names by sex, family names, boroughs.
GIVEN = {
    "female": ("Megan", "Tilly", "Hana", "Joan", "Bex", "Orla", "Sunita", "Ellie"),
    "male": ("Callum", "Dev", "Harvey", "Luis", "Noah", "Stanley", "Tariq", "Wes"),
}
FAMILY = (
    "Ashdown",
    "Bickerton",
    "Calloway",
    "Dunning",
    "Eastlake",
    "Fairweather",
    "Gosling",
    "Hathersage",
    "Isherwood",
    "Jessop",
    "Kimber",
    "Lovage",
    "Merriweather",
    "Nettleton",
    "Orchard",
    "Pettifer",
    "Quill",
    "Ravenscroft",
    "Swinburne",
    "Thistle",
    "Umber",
    "Vickery",
    "Winterbourne",
    "Yarrow",
)
BOROUGHS = ("Lambeth", "Southwark", "Croydon", "Camden", "Hackney", "Newham", "Ealing", "Barnet", "Lewisham")
FINDINGS = (
    "Enquiries done as planned. Nothing heard from bank or telephone.",
    "House searched again. Two friends spoken to; neither has heard from them.",
    "Cameras at the station viewed. Direction of travel not clear yet.",
    "Hospitals and custody checked. Family spoken to; nothing new.",
)
REASONS = ("Wanted some time alone.", "Quarrel at home.", "Went to see a friend and stayed.", "Lost, tired.")
