"""What a question is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from rhi.interviews.enums import AgeBand, Ground, OutcomeKind, Said, Sharing

Choices = tuple[tuple[str, str], ...]


class Kind(Enum):
    """How it is answered. Every kind takes words as well."""

    WORDS = "words"
    SAID = "said"
    SHARING = "sharing"


class Voice(Enum):
    """Whose words an answer is. The interviewer's thoughts never stand among the child's."""

    CHILD = "child"
    INTERVIEWER = "interviewer"


@dataclass(frozen=True, slots=True)
class Raises:
    """What a yes proposes. With a `ground` of its own it is passed on whatever the child wishes."""

    kind: OutcomeKind
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `ask` is said to the child, by age; where a band has none, the next older one's is."""

    key: str
    label: str
    kind: Kind = Kind.WORDS
    ask: Mapping[AgeBand, str] | None = None
    raises: tuple[Raises, ...] = ()

    def asked_of(self, band: AgeBand) -> str:
        """What to say to a child of that age; empty where the label says it."""
        said = self.ask or {}
        older = list(AgeBand)[list(AgeBand).index(band) :]
        return next((said[one] for one in older if one in said), "")

    @property
    def asks(self) -> list[tuple[AgeBand, str]]:
        """What is said to each age, for a page that is made before the child is known."""
        return [(band, self.asked_of(band)) for band in AgeBand]

    @property
    def choices(self) -> Choices:
        """What can be chosen; nothing for a question of words alone."""
        if self.kind is Kind.WORDS:
            return ()
        vocabulary = Said if self.kind is Kind.SAID else Sharing
        return tuple((value, str(label)) for value, label in vocabulary.choices)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form. `coded` sections carry themes, from which figures are made."""

    key: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    voice: Voice = Voice.CHILD
    coded: bool = True

    @property
    def themes_key(self) -> str:
        """Under which its themes are saved, as an answer is."""
        return f"{self.key}.themes"
