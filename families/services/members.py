"""Members of a family: who they are, what they wish, what they are to each other, who is blocked."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from families import policies
from families.enums import CheckMethod, Consent, MemberRole, Wish
from families.models import BlockedParty, ContactPoint, FamilyMember, IdentityCheck, MemberBond
from families.selectors.members import blocked_of, members_visible_to
from families.services import planning
from families.services.common import case_to_write, edit, filled, member_of, member_to_write
from families.services.points import key_of_number
from foundation.access import Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible

_WHY = "Say why. This is kept with the record."
_SAFE = ("safe_why", "safe_by", "safe_at")


@dataclass(frozen=True, slots=True)
class MemberDetails:
    """Who somebody of the family is, and what they agreed to and wish."""

    name: str
    relationship: str
    role: str = MemberRole.OTHER
    consent: str = Consent.NOT_ASKED
    consent_scope: str = ""
    languages: str = ""
    needs_interpreter: bool = False
    safe_hours: str = ""
    contact_wish: str = Wish.NOT_ASKED


@transaction.atomic
def add_member(*, actor: Actor, case_id: int, details: MemberDetails) -> FamilyMember:
    """Add somebody who is supported."""
    case = case_to_write(actor, case_id)
    member = FamilyMember.objects.create(
        case=case, added_by_id=actor.user_id, added_at=timezone.now(), **_clean(details)
    )
    audit.record(actor=actor, action="families.member_added", target=member)
    return member


@transaction.atomic
def change_member(*, actor: Actor, member_id: int, version: int, details: MemberDetails) -> FamilyMember:
    """Change it. A wish to hear nothing more stops what is planned. Raises `Conflict`."""
    member = member_to_write(actor, member_id)
    changed = edit(member, version=version, changes=_clean(details))
    if changed:
        audit.record(actor=actor, action="families.member_changed", target=member, fields=changed)
    if policies.wants_none(member) is not None:
        planning.stop_for(member, actor=actor)
    return member


def _clean(details: MemberDetails) -> dict[str, object]:
    return asdict(details) | {"name": filled("name", details.name, "Give their name.")}


@transaction.atomic
def set_code_word(*, actor: Actor, member_id: int, word: str) -> FamilyMember:
    """Agree a word by which we know them on the phone."""
    member = member_to_write(actor, member_id)
    member.code_word = filled("word", word, "Give the word that you agreed.")
    member.version += 1
    member.save(update_fields=["code_word", "version"])
    audit.record(actor=actor, action="families.code_word_set", target=member, fields=["code_word"])
    return member


@transaction.atomic
def reveal_code_word(*, actor: Actor, member_id: int) -> str:
    """The code word, for a worker who forgot it with the family on the line; audited."""
    member = members_visible_to(actor).filter(pk=member_id).first()
    if member is None:
        raise NotVisible(f"member {member_id}")
    audit.record(actor=actor, action="families.code_word_revealed", target=member, fields=["code_word"])
    return member.code_word


@transaction.atomic
def check_identity(
    *, actor: Actor, member_id: int, method: str, word: str = "", point_id: int | None = None
) -> IdentityCheck:
    """Record how it was made certain who they are; a wrong code word is recorded as not passed.

    A call back counts on a safe point that was known before. Raises `Invalid`, `Refused`.
    """
    member = member_to_write(actor, member_id)
    if member.is_blocked:
        raise Refused(policies.BLOCKED)
    passed, point = True, None
    if method == CheckMethod.CODE_WORD:
        passed = _is_the_word(member, word)
    elif method == CheckMethod.CALL_BACK:
        point = _known_point(member, point_id)
    row = IdentityCheck.objects.create(
        member=member, method=method, passed=passed, point=point, at=timezone.now(), by_id=actor.user_id
    )
    action = "families.identity_checked" if passed else "families.identity_not_proven"
    audit.record(actor=actor, action=action, target=row)
    return row


def _is_the_word(member: FamilyMember, word: str) -> bool:
    if not member.code_word:
        raise Invalid({"word": "No code word was agreed with them. Ring them back on a number we know."})
    return _plain(filled("word", word, "Give the word that they said.")) == _plain(member.code_word)


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()


def _known_point(member: FamilyMember, point_id: int | None) -> ContactPoint:
    point = ContactPoint.objects.filter(member=member, pk=point_id or 0, ended_at__isnull=True).first()
    if point is None or point.kind not in {"sms", "phone"}:
        raise Invalid({"point": "Choose the number that you rang."})
    require(policies.may_use(point))
    return point


@transaction.atomic
def block_member(*, actor: Actor, member_id: int, why: str) -> FamilyMember:
    """Tell and send them nothing from now on. What is planned with them stops."""
    member = member_to_write(actor, member_id)
    member.is_blocked, member.blocked_why = True, filled("why", why, _WHY)
    member.safe_why, member.safe_by_id, member.safe_at = "", None, None
    member.version += 1
    member.save(update_fields=["is_blocked", "blocked_why", *_SAFE, "version"])
    audit.record(
        actor=actor, action="families.member_blocked", target=member, fields=["is_blocked", "blocked_why"]
    )
    planning.stop_for(member, actor=actor)
    return member


@transaction.atomic
def unblock_member(*, actor: Actor, member_id: int, reason: str) -> FamilyMember:
    """Let them be told things again."""
    member = member_to_write(actor, member_id)
    words = filled("reason", reason, _WHY)
    member.is_blocked, member.blocked_why = False, ""
    member.version += 1
    member.save(update_fields=["is_blocked", "blocked_why", "version"])
    audit.record(
        actor=actor,
        action="families.member_unblocked",
        target=member,
        fields=["is_blocked", "blocked_why"],
        reason=words,
    )
    return member


@transaction.atomic
def name_safe(*, actor: Actor, member_id: int, why: str) -> FamilyMember:
    """A duty manager says that this member is safe, where somebody in the family may be a danger."""
    member = member_to_write(actor, member_id)
    require(policies.may_name_safe(actor, member))
    return _say_safe(member, actor, filled("why", why, _WHY))


@transaction.atomic
def take_safe_back(*, actor: Actor, member_id: int) -> FamilyMember:
    """They may be a danger after all: any worker says so, and at once nothing goes to them."""
    return _say_safe(member_to_write(actor, member_id), actor, "")


def _say_safe(member: FamilyMember, actor: Actor, why: str) -> FamilyMember:
    member.safe_why = why
    member.safe_by_id = actor.user_id if why else None
    member.safe_at = timezone.now() if why else None
    member.version += 1
    member.save(update_fields=[*_SAFE, "version"])
    action = "families.member_named_safe" if why else "families.member_not_safe"
    audit.record(actor=actor, action=action, target=member, fields=list(_SAFE))
    return member


@transaction.atomic
def set_bond(
    *,
    actor: Actor,
    case_id: int,
    first_id: int,
    second_id: int,
    kind: str,
    in_conflict: bool,
    why: str = "",
) -> MemberBond:
    """Say what two members are to each other, and whether they are in conflict."""
    case = case_to_write(actor, case_id)
    if first_id == second_id:
        raise Invalid({"second": "Choose two people."})
    first, second = sorted((member_of(case, first_id), member_of(case, second_id)), key=lambda one: one.pk)
    words = filled("why", why, "Say what the conflict is, for colleagues.") if in_conflict else why.strip()
    given = {"kind": kind, "in_conflict": in_conflict, "why": words}
    given |= {"recorded_by_id": actor.user_id, "recorded_at": timezone.now()}
    row, _ = MemberBond.objects.update_or_create(
        first=first, second=second, defaults=given, create_defaults={"case": case, **given}
    )
    fields = ["kind", "in_conflict", "why"]
    audit.record(actor=actor, action="families.bond_set", target=row, fields=fields)
    return row


@transaction.atomic
def block_party(*, actor: Actor, case_id: int, name: str, number: str, why: str) -> BlockedParty:
    """Name somebody outside who must be told nothing; nothing goes to their number in this case."""
    case = case_to_write(actor, case_id)
    value, key = key_of_number(number) if number.strip() else ("", "")
    row = BlockedParty.objects.create(
        case=case,
        name=filled("name", name, "Say who it is, as far as you know."),
        number=value,
        number_key=key,
        why=filled("why", why, _WHY),
        added_by_id=actor.user_id,
        added_at=timezone.now(),
    )
    audit.record(actor=actor, action="families.party_blocked", target=row)
    return row


@transaction.atomic
def end_block(*, actor: Actor, case_id: int, party_id: int, reason: str) -> None:
    """Take a block back."""
    case = case_to_write(actor, case_id)
    words = filled("reason", reason, _WHY)
    row = blocked_of(case).filter(pk=party_id).first()
    if row is None:
        raise NotVisible(f"blocked party {party_id}")
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    audit.record(actor=actor, action="families.party_unblocked", target=row, reason=words)
