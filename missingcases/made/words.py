"""What officers' notes say: sentences to search in, with what is denied or ruled out among them."""

from __future__ import annotations

import random

GENERAL = (
    "Home address searched, nothing of note.",
    "Phone rings out; message left.",
    "Friends and family rung, none has seen them today.",
    "Checks with hospitals and custody: no trace.",
    "Bank and travel card enquiries made; no use since the report.",
    "CCTV at the station is being looked at.",
    "Carer says this is in character and they usually come back by the last bus.",
    "Parent says this is out of character and is very worried.",
    "Left after an argument about the phone.",
    "Did not come home from school; last lesson confirmed.",
    "Took a rucksack, a charger and some cash.",
    "Last seen on foot towards the town centre in a dark coat.",
    "Photo and description sent to patrols.",
    "Social worker informed; strategy discussion to be arranged if not back by morning.",
    "Phone last connected near the shopping centre at 22:40.",
    "Neighbour saw them get on a bus.",
    "Attended the placement and spoke to staff; room searched.",
    "Back before, within a day, on each of the last times.",
    "Ex-partner spoken to; says they have had no contact.",
    "Open spaces and water near the address searched by the drone unit.",
)
ABOUT = {
    "gang": (
        "Staff think they are with older boys linked to a gang from the next estate.",
        "Known gang nominal seen outside the placement twice this week.",
        "Has a new coat and two phones; friends say he is running for a gang.",
    ),
    "county_lines": (
        "Train tickets to the coast found in the room; county lines suspected.",
        "Found last time at a cuckooed address with drugs and cash.",
        "Phone shows calls from a deal line; criminal exploitation considered.",
    ),
    "cse": (
        "Seen getting into a car with an older man; sexual exploitation is a concern.",
        "Gifts and hotel key card found; CSE markers on the record.",
        "Friend says she meets a man of about thirty who gives her alcohol.",
    ),
    "online_exploitation": (
        "Was messaging somebody met online who asked for pictures.",
        "Left to meet a person known only through a game.",
    ),
    "trafficking": (
        "Arrived alone last month; social worker fears they were trafficked and have been collected.",
        "Says little of how they came here; modern slavery team told.",
    ),
    "mental_health": (
        "Has depression and stopped the tablets two weeks ago.",
        "Discharged from the mental-health ward on Monday.",
        "Crisis team knows them; low mood since the bereavement.",
    ),
    "suicide": (
        "Left a note; partner fears suicide.",
        "Has talked of ending it at the bridge before.",
    ),
    "dementia": ("Has dementia and may try to reach the house of their childhood.",),
    "drugs_alcohol": ("Drinks heavily; pubs near the address visited.", "Owes money for cannabis."),
    "domestic_abuse": ("May have left to get away from a violent partner; refuges asked with care.",),
}
# What is denied or ruled out names the thing all the same: who counts mentions must see the difference.
NOT = (
    "No concerns around gangs.",
    "Carer denies any link to county lines.",
    "No evidence of sexual exploitation.",
    "CSE ruled out after the last interview.",
    "Not thought to be with a gang; peers are all from school.",
    "Family has no worries about mental health.",
    "Denies being exploited by anybody.",
)
FINDINGS = (
    "Risk as before.",
    "Enquiries done; nothing new.",
    "Stays at this level; next checks tasked.",
    "Looked at with the family.",
)


def note(chance: random.Random, flags: tuple[tuple[str, str], ...]) -> str:
    """One note, after what is known of the person."""
    sentences = [chance.choice(GENERAL), chance.choice(GENERAL)]
    for kind, status in flags:
        if kind in ABOUT and status != "ruled_out" and chance.random() < 0.45:
            sentences.append(chance.choice(ABOUT[kind]))
    if chance.random() < 0.06:
        sentences.append(chance.choice(NOT))
    if chance.random() < 0.02:
        kind = chance.choice(sorted(ABOUT))
        sentences.append(chance.choice(ABOUT[kind]))
    return " ".join(sentences)
