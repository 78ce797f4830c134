"""Addresses of the API: systems call them, and no page of people leads there."""

from __future__ import annotations

API_VERBS = ("accept", "reject", "progress", "complete", "return")
API_ADDRESSES: tuple[str, ...] = (
    "api:schema",
    "api:token",
    "api:incidents",
    "api:incident",
    "api:located",
    "api:releases",
    "api:released",
    "api:release",
    "api:release_acknowledge",
    "api:changes",
    "api:textsafe",
    "api:textsafe_request",
    "api:rhi",
    *("api:blind_compare", "api:blind_matches"),
    *(f"api:referral{end}" for end in ("s", "", *map("_{}".format, API_VERBS))),
    "api:appeals",
    "api:appeal",
    "api:appeal_withdraw",
    "api:placements",
    "api:intelligence",
    "api:intelligence_report",
    "api:intelligence_acknowledge",
    "api:intelligence_outcome",
)
