"""Whether an English sentence denies what stands in it, by its words alone.

Cues with a reach, in the manner of NegEx (Chapman and others, 2001): a firm cue ("no concerns of", "denies",
"not known to") reaches over a clause, a plain "no" or "not" only over the words it belongs to, some words
after it deny as well ("ruled out"), and some only look like denials ("not only", "cannot rule out"). How
often it is right: docs/cohort-review.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

FIRM_REACH = 10
PLAIN_REACH = 6
AFTER_REACH = 7


@dataclass(frozen=True, slots=True)
class Token:
    """A word, where it stands, in which sentence, and what stands between it and the word before."""

    word: str
    start: int
    end: int
    sentence: int
    gap: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOT = _set("not isn't wasn't aren't weren't hasn't haven't hadn't doesn't don't didn't never won't wouldn't")
_CAN_NOT = _set("cannot can't couldn't")
_KNOWING = _set(
    "concern concerns evidence information intelligence intel indication indications indicator "
    "indicators sign signs suspicion suspicions history known reported record records trace link links "
    "association associations marker markers disclosure disclosures suggestion issue issues mention "
    "allegation allegations worries worry data detail details reason connection connections contact "
    "involvement"
)
_HELD = _set(
    "known believed thought suspected considered aware involved linked associated affiliated identified "
    "found seen deemed assessed shown indicated evident apparent disclosed reported noted raised "
    "recorded observed mentioned"
)
_HOLD = _set(
    "believe think suspect associate appear seem identify find show indicate suggest raise report disclose "
    "mention hold consider have know note record observe involve meet"
)
_OPEN = _set("been being in a an part at under any")
_BETWEEN = _set("currently thought otherwise to be yet previously recently ever really be got actually")
_ANY = _set("any evidence history sign signs indication indications known concern concerns suspicion")
_ABOUT = _set("to on found linking relating recorded known suggesting indicating")

# Each step of a pattern is one of these words; an empty word may be left out.
Step = frozenset[str]
_MAY_FOLLOW = _BETWEEN | {""}


def _one(words: str) -> Step:
    return frozenset(words.split("|"))


_LOOKS_LIKE: tuple[tuple[Step, ...], ...] = (
    (
        _one("no"),
        _one("doubt|change|longer|further|less|more|way|stranger|answer|reply|help|action|phone|money"),
    ),
    (_NOT, _one("only|yet|sure|clear|certain|just")),
    (_NOT, _one("deny|denied|dispute|disputed|doubt|discount|discounted|exclude|excluded")),
    (_NOT, _one("been"), _one("ruled"), _one("out")),
    (_NOT, _one("been"), _one("able|discounted|excluded|denied|addressed|investigated")),
    (_NOT | _CAN_NOT, _one("be|"), _one("rule|ruled|exclude|excluded|discount|discounted|deny|denied")),
    (_NOT, _one("see|consider|think"), _one("himself|herself|themselves|themself")),
    (_one("nobody|none"), _one("has|have|had|doubts|told")),
    (_one("no"), _one("one"), _one("has|have|had|doubts|told")),
    (_one("not"), _one("without")),
    (_one("would|will|may|might|could"), _one("deny")),
    (_CAN_NOT, _one("say|confirm|show|know")),
)
_FIRM: tuple[tuple[Step, ...], ...] = (
    (
        _one("no|nil|zero"),
        _one("current|recent|other|prior|previous|specific|obvious|identified|known|adverse|"),
        _KNOWING,
    ),
    (_NOT, _MAY_FOLLOW, _MAY_FOLLOW, _HELD),
    (_NOT, _MAY_FOLLOW, _MAY_FOLLOW, _HOLD),
    (_one("denies|denied|denying|deny|refutes|refuted|disputes|disputed|disputing"),),
    (_one("nothing"), _ABOUT),
    (_one("without"), _ANY),
    (_one("negative"), _one("for")),
    (_one("neither|nor|nil"),),
    (_one("absence|lack|free"), _one("of")),
    (_one("insufficient"), _KNOWING),
    (_one("unlikely"),),
    (_one("unaware"),),
    (_NOT, _one("anything"), _one("to")),
    (_NOT, _one("had|have"), _one("anything"), _one("to")),
    (_one("all"), _one("clear")),
    (_NOT, _one("a"), _one("person|member|victim|nominal|suspect")),
    (_one("at"), _one("no"), _one("time|point|stage")),
    (_one("ruled|rules"), _one("out")),
    (_one("nobody"),),
    (_one("no"), _one("one")),
)
_PLAIN: tuple[tuple[Step, ...], ...] = (
    (_one("no|none|zero"),),
    (_NOT, _MAY_FOLLOW, _OPEN),
)
_AFTER: tuple[tuple[Step, ...], ...] = (
    (_one("ruled"), _one("out")),
    (_one("discounted|denied|refuted|dismissed|excluded|negative|unfounded|inaccurate"),),
    (_one("in"), _one("error")),
    (_NOT, _one("come"), _one("up")),
    (
        _NOT,
        _MAY_FOLLOW,
        _one("suspected|known|believed|identified|evident|apparent|indicated|disclosed|present"),
    ),
    (_one("said|says|stated|answered|answers"), _one("no")),
)
_AFTER_A_MARK = _one("no|none|nil|n")
_MARKS = (":", "-", "–", "—", "=")
# Where a clause ends, whatever was denied in it.
_TURNS = _set(
    "but however although though except apart aside nevertheless yet because until unless despite while "
    "whilst admits admitted which instead so as since"
)
_FINITE = _set(
    "is was were are has had have will would could can may might does did goes went states stated says said"
)
_WHO = _set("he she they it we i who mother father mum dad staff officers")
# A plain "no" or "not" belongs to the nouns that follow it; these begin something else.
_BREAKS = (
    _FINITE
    | _WHO
    | _set(
        "found located seized recovered possible suspected likely "
        "from to with for about through by after before when where if that this the his her their at on then"
    )
)
_DOUBLED = _NOT | _CAN_NOT | {"yet"}
# "Does not exclude", between a cue and its words: what it denies stays possible.
_LEAVES_OPEN = _set("exclude excluded rule ruled discount discounted doubt deny denied dispute say")
# Of "nobody" only what they would know of: nobody believes, nobody has seen.
_THINKING = _HELD | _HOLD | _set("believes thinks suspects knows")


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    last: int


def denial_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words that deny the words `first` to `last` of the text; empty where nothing does."""
    sentence = tokens[first].sentence
    start = first
    while start > 0 and tokens[start - 1].sentence == sentence:
        start -= 1
    end = last + 1
    while end < len(tokens) and tokens[end].sentence == sentence:
        end += 1
    inside = tokens[start:end]
    cue = _before(inside, first - start) or _behind(inside, last - start)
    return "" if cue is None else " ".join(one.word for one in inside[cue.first : cue.last + 1])


def _before(tokens: Sequence[Token], at: int) -> _Cue | None:
    """The nearest cue before `at` that reaches it."""
    words = [one.word for one in tokens]
    looks = _covered(words, _LOOKS_LIKE)
    for place in range(at - 1, -1, -1):
        if place in looks:
            if words[place] in _LEAVES_OPEN:
                return None
            continue
        firm = _match(words, place, _FIRM, before=at)
        if firm is not None and _firm_reaches(words, firm, at):
            return firm
        plain = _match(words, place, _PLAIN, before=at)
        if plain is not None and _plain_reaches(words, plain, at):
            return plain
        if words[place] in _NOT and place in {at - 1, at - 2} and words[at - 1] not in _BREAKS:
            return _Cue(place, place)
    return None


def _behind(tokens: Sequence[Token], at: int) -> _Cue | None:
    """The first cue after `at` that reaches back to it."""
    words = [one.word for one in tokens]
    looks = _covered(words, _LOOKS_LIKE)
    for place in range(at + 1, min(len(words), at + 1 + AFTER_REACH)):
        if words[place] in _TURNS:
            return None
        if place not in looks and (cue := _match(words, place, _AFTER)) is not None:
            between = words[at + 1 : place]
            doubled = _DOUBLED.intersection(between) or looks.intersection(range(at + 1, place))
            return None if doubled else cue
        is_marked = any(mark in tokens[place].gap for mark in _MARKS)
        if is_marked and words[place] in _AFTER_A_MARK and place <= at + 3:
            return _Cue(place, place)
    return None


def _firm_reaches(words: Sequence[str], cue: _Cue, at: int) -> bool:
    between = words[cue.last + 1 : at]
    if len(between) > FIRM_REACH or _TURNS.intersection(between):
        return False
    if words[cue.last] in {"nobody", "one"} and not _THINKING.intersection(between):
        return False
    if _CAN_NOT.intersection(words[max(0, cue.first - 5) : cue.first]):
        return False
    return not any(
        one == "and" and following in _FINITE | _WHO | {"then"}
        for one, following in pairwise([*between, words[at]])
    )


def _plain_reaches(words: Sequence[str], cue: _Cue, at: int) -> bool:
    between = words[cue.last + 1 : at]
    return len(between) <= PLAIN_REACH and not (_TURNS | _BREAKS).intersection(between)


def _covered(words: Sequence[str], patterns: Iterable[tuple[Step, ...]]) -> set[int]:
    found: set[int] = set()
    for place in range(len(words)):
        cue = _match(words, place, patterns)
        if cue is not None:
            found.update(range(cue.first, cue.last + 1))
    return found


def _match(
    words: Sequence[str], place: int, patterns: Iterable[tuple[Step, ...]], *, before: int | None = None
) -> _Cue | None:
    """The longest pattern that begins at `place`, and ends `before` a word where one is given."""
    limit = len(words) if before is None else before
    ends = [end for steps in patterns if (end := _end(words, place, steps)) is not None and end < limit]
    return _Cue(place, max(ends)) if ends else None


def _end(words: Sequence[str], place: int, steps: tuple[Step, ...]) -> int | None:
    """Where the pattern ends that begins at `place`; None where it does not stand there."""
    if not steps:
        return place - 1
    if place < len(words) and words[place] in steps[0]:
        found = _end(words, place + 1, steps[1:])
        if found is not None:
            return found
    return _end(words, place, steps[1:]) if "" in steps[0] else None
