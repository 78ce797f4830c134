"""Pages that the walk leaves out, each with why."""

from __future__ import annotations

# The software of others as its makers ship it, in which axe finds contrast and names that are not ours to
# mend; docs/api.md says the same in words, and the accessibility statement names it.
DRAWN_BY_OTHERS = {"api:docs"}
SIGNING_IN = "Signing in and its second factor: tests/ui/test_browser.py, tests/foundation/accounts."
NOT_OFFERED = "Not offered: the library's page is closed or unused here (tests/foundation/accounts)."
NOT_A_PAGE = "Not a page for people."
# Pages to which no link leads in the demonstration, each with why. Anything else must be reachable.
NEVER_LINKED: dict[str, str] = {
    **dict.fromkeys(
        [
            "account_login",
            "account_reauthenticate",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "account_confirm_email",
            "account_email_verification_sent",
            "account_inactive",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "mfa_reauthenticate_webauthn",
            "mfa_activate_totp",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mine:second_factor",
            "invitation",
            "invitation_link",
        ],
        SIGNING_IN,
    ),
    **dict.fromkeys(["account_confirm_login_code", "account_set_password", "account_signup"], NOT_OFFERED),
    **dict.fromkeys(["health", "ready", "metrics", "health_live", "health_ready", "robots"], NOT_A_PAGE),
    **dict.fromkeys(
        [
            "api:schema",
            "api:token",
            "api:incidents",
            "api:incident",
            "api:located",
            "api:releases",
            "api:changes",
            "api:textsafe",
            "api:textsafe_request",
        ],
        "For programs (tests/api).",
    ),
    **dict.fromkeys(
        ["backups:release", "backups:withdraw", "backups:catch_up"],
        "Offered in a system that was restored (tests/foundation/backups/test_pages.py).",
    ),
    "components": "The style guide, tested as a whole in tests/ui/test_browser.py.",
    "components_progress": "Polled by the style guide.",
    "desk:board": "Polled by the duty desk (tests/missingcases/desk).",
    "desk:unread": "Polled by the duty desk (tests/missingcases/desk).",
    "imports:progress": "Polled while an import runs (tests/journeys/test_import.py).",
    "mine:stay": "Asked by a script before a session ends (tests/ui/test_session_dialog.py).",
    "mine:act_for": "For people of several organisations; the demonstration has none.",
    "accounts:unlock": "Offered while somebody is locked out (tests/foundation/accounts).",
    "mfa_list_webauthn": "Offered to whoever has a passkey (tests/journeys/test_coming_in.py).",
    "mfa_edit_webauthn": "Offered to whoever has a passkey.",
    "mfa_remove_webauthn": "Offered to whoever has a passkey.",
    "messaging:settle": "Offered for a text of unknown outcome (tests/foundation/messaging/test_views.py).",
    "messaging:hand_over": "Offered while something was not handed over (tests/foundation/messaging).",
    "messaging:start": "Offered while a switch stands stopped (tests/journeys/test_stops.py).",
    "missingcases:attachment": "Offered once a file has been scanned (tests/missingcases/test_scanning.py).",
    "missingcases:earlier": "Asked for while a report is written (tests/journeys/test_one_person.py).",
    "people:compare": "Offered where two records are alike (tests/journeys/test_one_person.py).",
    "people:not_the_same": "Offered where two records are alike (tests/missingcases/merging).",
    "people:undo": "Offered once two records were merged (tests/journeys/test_one_person.py).",
    "search:save_view": "Posted under a list (tests/missingcases/search).",
    "search:open_view": "Offered once a view is kept (tests/missingcases/search).",
    "search:default_view": "Offered once a view is kept (tests/missingcases/search).",
    "search:delete_view": "Offered once a view is kept (tests/missingcases/search).",
    "search:exports": "Posted under a list (tests/missingcases/search).",
    "search:export": "Offered once a list was exported (tests/missingcases/search).",
    "search:progress": "Polled while a file is made (tests/missingcases/search).",
    "search:download": "Offered once a file is made (tests/missingcases/search).",
    "textsafe:claim": "Offered while nobody has a conversation (tests/journeys/test_main_job.py).",
    "textsafe:policy_stop": "Offered while a force's automatic texts are on.",
}
# Posting these pages' forms with nothing in them is a proper answer: every question may stay open.
MAY_STAY_EMPTY = {
    "missingcases:incident_list",
    "search:search",
    "missingcases:facts",
    "missingcases:person",
    "missingcases:reporter",
    "missingcases:section",
    "missingcases:phone",
    "missingcases:authorities",
    "missingcases:photo_consent",
    "missingcases:action_finish",
    "accounts:people",
    "textsafe:hand_over",
}
