"""What each of the demonstration's appeals says. Everybody in it is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """One appeal: its words, and who consents for the person."""

    key: str
    kind: str
    description: str
    clothing: str
    short: str
    alt_text: str
    who: str = "Next of kin"
    relation: str = "Family"
    consents: str = "family"
    reason: str = "No lead so far; somebody may have seen them."
    risk: str = "No risk from publicity is known."
    grey: bool = False


# fmt: off
CASES: tuple[Shown, ...] = (
    Shown("doris", "high_risk_urgent", "Doris is about 5 feet tall, with short white hair and glasses. "
          "She may not know where she is. Please speak to her gently.", "A lilac cardigan and slippers.",
          "Doris is small, with short white hair and glasses.", "Doris, an older woman with white hair.",
          "Linda Penhallow", "Daughter", risk="She may be frightened if many people come near.", grey=True),
    Shown("colin", "standard", "Colin is 5 feet 11 and of heavy build. He walks with a stick.",
          "A green wax jacket and a flat cap.", "Colin is tall and walks with a stick.",
          "Colin, a man in his fifties.", "Ruth Baverstock", "Wife"),
    Shown("arthur", "long_term", "Arthur is 6 feet tall and slim. He likes to walk in woods.",
          "A grey rucksack.", "Arthur is tall and slim, and walks a lot.", "Arthur, a man in his forties.",
          "Helen Selwyn", "Sister"),
    Shown("betty", "high_risk_urgent", "Betty is 5 feet 2, with grey hair in a bun.", "A blue raincoat.",
          "Betty has grey hair in a bun.", "Betty, an older woman with grey hair.", "Jean Arkwright",
          "Daughter", grey=True),
    Shown("piotr", "regional", "Piotr is 5 feet 9, with a short beard. He speaks Polish and some English.",
          "Work trousers and a yellow jacket.", "Piotr has a short beard and speaks Polish.",
          "Piotr, a man with a short beard.", "Ewa Zielona", "Wife"),
    Shown("nadine", "standard", "Nadine is 5 feet 6, with long dark hair.", "A black puffer jacket.",
          "Nadine has long dark hair.", "Nadine, a woman with long dark hair."),
    Shown("george", "standard", "George is 5 feet 8, bald, with a white moustache.", "A tweed jacket.",
          "George is bald with a white moustache.", "George, an older man.", "Margaret Ilbury", "Wife",
          grey=True),
    Shown("kayleigh", "high_risk_urgent", "Kayleigh is 5 feet 3, with long fair hair.",
          "A pink hooded top and white trainers.", "Kayleigh has long fair hair and a pink top.",
          "Kayleigh, a girl with long fair hair.", "Dawn Stott", "Mother", "parental_responsibility"),
    Shown("hamid", "standard", "Hamid is 5 feet 7, with short black hair.", "A black jacket.",
          "Hamid has short black hair.", "Hamid, a boy with short black hair."),
)
# fmt: on
BY_KEY = {one.key: one for one in CASES}
