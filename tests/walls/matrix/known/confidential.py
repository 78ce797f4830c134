"""What a missing person, a child or a relative says in confidence: the charity's, and never the police's."""

from __future__ import annotations

from foundation.accounts.enums import HELPLINE, POLICE, Role
from tests.walls.matrix.knowing import Known, May

FAMILIES = HELPLINE | {Role.FAMILY_SUPPORT}
MANAGER = frozenset({Role.CHARITY_MANAGER})
INTERVIEWER = frozenset({Role.RHI_INTERVIEWER})


def _provider(referral: str) -> tuple[May, ...]:
    """The provider's managers, and of its interviewers the one who has the child (domain.md section 6)."""
    lead = f"{referral}." if referral else ""
    return (
        May(f"{lead}provider", MANAGER),
        May(f"{lead}provider", INTERVIEWER, only=f"{lead}interviewer"),
    )


def _family(case: str) -> tuple[May, ...]:
    return (May(f"{case}.charity" if case else "charity", FAMILIES),)


def _helpline(path: str) -> tuple[May, ...]:
    return (May(path, HELPLINE),)


KNOWN_TO: Known = {
    # A number that the force gave is the force's too; refusals and replies are not.
    "textsafe.Request": (May("organisation", POLICE | {Role.API_CLIENT}), May("charity", HELPLINE)),
    # Police officers say among themselves that no text be sent, and why.
    "textsafe.Veto": (May("incident.owner", POLICE),),
    "textsafe.Conversation": _helpline("charity"),
    "textsafe.ConversationMessage": _helpline("conversation.charity"),
    "textsafe.TriageItem": _helpline("charity"),
    "textsafe.Escalation": _helpline("conversation.charity"),
    # The words of a text are the charity's and shown to whoever asks for one.
    "textsafe.Wording": (May("@missing-people", HELPLINE), May("@metropolitan", POLICE)),
    "rhi.Referral": _provider(""),
    "rhi.ContactAttempt": _provider("referral"),
    "rhi.Concern": _provider("referral"),
    "rhi.Visit": _provider("referral"),
    "rhi.InterviewerProfile": (May("organisation", MANAGER), May("organisation", INTERVIEWER, only="user")),
    "rhi.VisitRule": (May("organisation", MANAGER),),
    "interviews.Answer": _provider("interview.referral"),
    "interviews.Outcome": _provider("interview.referral"),
    "families.SupportCase": _family(""),
    "families.FamilyMember": _family("case"),
    "families.MemberBond": _family("case"),
    "families.Visit": _family("case"),
    "families.VisitRule": (May("organisation", FAMILIES),),
    "families.BlockedParty": _family("case"),
    "families.ContactPoint": _family("member.case"),
    "families.ContactRecord": _family("case"),
    "families.Told": _family("case"),
    "families.SupportTask": _family("case"),
    "families.CounsellingReferral": _family("case"),
    "helpline.HelplineContact": _helpline("charity"),
    "helpline.HelplineMail": _helpline("contact.charity"),
    "helpline.ContactLink": _helpline("contact.charity"),
    "helpline.ThreeWayCall": _helpline("contact.charity"),
    "helpline.Concern": _helpline("contact.charity"),
    # The two who hand over, and nobody else.
    "handover.Handover": (
        May("charity", FAMILIES, only="outgoing"),
        May("charity", FAMILIES, only="incoming"),
    ),
    "handover.HandoverLine": (
        May("handover.charity", FAMILIES, only="handover.outgoing"),
        May("handover.charity", FAMILIES, only="handover.incoming"),
    ),
    "say_something.Account": _helpline("charity"),
    # What people write to us of how it was: managers alone, and nobody before it is parted from its link.
    "voice.Submission": (),
    "voice.Answer": (May("charity", MANAGER),),
}
