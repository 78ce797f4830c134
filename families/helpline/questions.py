"""What is asked, in this order, whoever it is. Data only (proposed: domain.md section 7 names risk)."""

from __future__ import annotations

QUESTIONS: dict[str, str] = {
    "safe_now": "Are they safe where they are, now?",
    "hurt": "Are they hurt, ill, or without medication that they need?",
    "end_life": "Do they think of ending their life, or of harming themselves?",
    "made_to": "Does anybody hurt them, or make them do things?",
    "under_18": "Are they under 18?",
    "place_tonight": "Have they a safe place for tonight?",
    "alone": "Are they alone?",
}
# These answers ask for a manager there and then.
ALARMS: dict[str, str] = {"safe_now": "no", "hurt": "yes", "end_life": "yes", "made_to": "yes"}


def alarming(answers: dict[str, str]) -> list[str]:
    """The questions whose answers mean danger, in words."""
    return [QUESTIONS[name] for name, bad in ALARMS.items() if answers.get(name) == bad]
