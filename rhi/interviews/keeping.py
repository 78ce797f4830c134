"""What interviews keep about children: access, and their end. They go where the referral goes."""

from __future__ import annotations

from foundation.contributions import Retention
from foundation.keeping import Holding, subject_access
from rhi.deadlines import KEEP
from rhi.interviews.form import QUESTIONS, section_of
from rhi.interviews.services.retention import due_interviews, erase_interviews

_PROVIDER = "interview__referral__provider"
_HARM_RISK = "What was told of harm is weighed before it is given: it may put the child or others at risk."
_WEIGHED = ("harm", "analysis")


def _of(*sections: str, but: bool = False) -> tuple[str, object]:
    keys = [key for key in QUESTIONS if ((found := section_of(key)) and found.key in sections) is not but]
    return ("question__in", keys)


HOLDINGS = (
    Holding(
        "interviews.Interview",
        "referral",
        "Interview after a return",
        "started_at",
        ("reference", "status", "limits_explained_at", "held_at"),
        "referral__provider",
    ),
    Holding(
        "interviews.Answer",
        "interview",
        "What they told",
        "written_at",
        ("question", "choice", "words"),
        _PROVIDER,
        where=(_of(*_WEIGHED, but=True),),
    ),
    Holding(
        "interviews.Answer",
        "interview",
        "What they told of harm, and what the interviewer made of it",
        "written_at",
        ("question",),
        _PROVIDER,
        _HARM_RISK,
        where=(_of(*_WEIGHED),),
    ),
    Holding("interviews.Coding", "interview", "Theme", "interview__started_at", ("theme",), _PROVIDER),
    Holding(
        "interviews.Outcome",
        "interview",
        "What was decided to be done",
        "decided_at",
        ("kind", "status", "ground", "due_at", "done_at"),
        _PROVIDER,
        _HARM_RISK,
    ),
    Holding(
        "interviews.PhoneCopy",
        "interview",
        "That it was on an interviewer’s phone",
        "taken_at",
        ("taken_at", "expires_at", "ended_at"),
        _PROVIDER,
    ),
)
SUBJECT_ACCESS = subject_access(HOLDINGS)

_RULE = (
    "Kept until the child is 25 (domain.md section 8); then its words are erased, and what is counted stays."
)
RETENTION = (
    Retention("interviews.Interview", "referral", _RULE, KEEP, due_interviews, erase_interviews),
    Retention("interviews.Answer", "interview", "Its words are erased with the interview's."),
    Retention("interviews.Coding", "interview", "Stays: it is counted, and holds no words."),
    Retention("interviews.Outcome", "interview", "Its words are erased with the interview's."),
    Retention("interviews.PhoneCopy", "interview", "Goes with the interview; it holds nothing of the child."),
)
