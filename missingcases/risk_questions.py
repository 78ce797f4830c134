"""What is asked when somebody is graded (domain.md section 1: assessment answers). Data only (K)."""

from __future__ import annotations

QUESTIONS: dict[str, str] = {
    "out_of_character": "Is this out of character?",
    "self_harm": "Is there any sign that they mean to harm themselves?",
    "crime": "May they be the victim of a crime, or taken by somebody?",
    "exploited": "May somebody be exploiting them?",
    "needs_care": "Do they need care or medication that they do not have?",
    "cannot_cope": "Would they find it hard to look after themselves, for age, health or weather?",
    "harmed_before": "Have they come to harm when missing before?",
    "danger_to_others": "May they be a danger to others?",
}
