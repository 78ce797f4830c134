"""Whether an interviewer is independent of a child's care. Pure; nobody overrides it (domain.md 6)."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.access import Refusal


def why_not_independent(
    *,
    authority_ids: Iterable[int],
    cared_for_by: str,
    worked_for_ids: Iterable[int],
    care_providers: Iterable[str],
    knows_the_child: bool,
) -> Refusal | None:
    """The reason against this interviewer for this child, or None."""
    if knows_the_child:
        return Refusal("knows_child", "They said that they know the child.")
    if set(authority_ids) & set(worked_for_ids):
        return Refusal("not_independent", "They work, or worked, for an authority that cares for the child.")
    if _bodies(cared_for_by.splitlines()) & _bodies(care_providers):
        return Refusal("not_independent", "They work, or worked, for whoever cares for the child.")
    return None


def _bodies(names: Iterable[str]) -> set[str]:
    """Names of homes and agencies, without what two people write differently."""
    plain = (
        "".join(letter for letter in name.casefold() if letter.isalnum() or letter == " ") for name in names
    )
    return {" ".join(name.split()) for name in plain} - {""}
