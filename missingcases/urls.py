"""Addresses of the incident pages. A reference stands in them, never a name or a key of a person."""

from django.urls import URLPattern, path

from missingcases.views import (
    actions,
    addresses,
    audience,
    earlier,
    ending,
    files,
    grading,
    leaving,
    lists,
    overview,
    people,
    record,
    releases,
    report,
    rules,
    tab_services,
    timeline,
)

app_name = "missingcases"
ONE = "<str:reference>/"


def _one(rest: str, view: object, name: str) -> URLPattern:
    return path(f"{ONE}{rest}", view, name=name)  # type: ignore[call-overload,no-any-return]


urlpatterns = [
    path("", lists.incident_list, name="incident_list"),
    path("new/", report.report, name="report"),
    path("new/earlier/", earlier.earlier, name="earlier"),
    path("sheet/", lists.sheet, name="sheet"),
    path("rules/", rules.rules, name="rules"),
    path("rules/actions/<str:rule_id>/", rules.action_rule, name="action_rule"),
    path("rules/reviews/<str:rule_id>/", rules.review_rule, name="review_rule"),
    _one("", overview.overview, "overview"),
    _one("record/", record.record, "record"),
    _one("record/person/", people.person, "person"),
    _one("record/facts/", people.facts, "facts"),
    _one("record/reporter/", people.reporter, "reporter"),
    _one("record/telephone/", people.phone_add, "phone_add"),
    _one("record/telephone/<int:phone_id>/", people.phone, "phone"),
    _one("record/address/", addresses.address_add, "address_add"),
    _one("record/address/<int:address_id>/", addresses.address, "address"),
    _one("record/<slug:code>/", record.section, "section"),
    _one("risk/", grading.risk, "risk"),
    _one("risk/grade/", grading.grade, "grade"),
    _one("risk/flag/", grading.flag_add, "flag_add"),
    _one("risk/review/<int:clock_id>/", grading.review, "review"),
    _one("services/", tab_services.services, "services"),
    _one("timeline/", timeline.timeline, "timeline"),
    _one("files/", files.files, "files"),
    _one("files/note/", files.note_add, "note_add"),
    _one("files/upload/", files.attachment_add, "attachment_add"),
    _one("files/photo/", files.photo_add, "photo_add"),
    _one("files/photo/<str:file_reference>/consent/", files.photo_consent, "photo_consent"),
    _one("download/<str:file_reference>/", files.attachment, "attachment"),
    _one("picture/<str:file_reference>/", files.photo, "photo"),
    _one("actions/", actions.actions, "actions"),
    _one("actions/new/", actions.action_add, "action_add"),
    _one("actions/<str:action_reference>/", actions.action_finish, "action_finish"),
    _one("people/", audience.people, "people"),
    _one("people/authorities/", people.authorities, "authorities"),
    _one("people/restrict/", audience.restrict, "restrict"),
    _one("people/lift/", audience.lift, "lift"),
    _one("people/name/", audience.person_name, "person_name"),
    _one("people/<int:user_id>/unname/", audience.person_unname, "person_unname"),
    _one("releases/", releases.releases, "releases"),
    _one("releases/new/", releases.release_new, "release_new"),
    _one("releases/threat/", releases.threat, "threat"),
    _one("releases/<str:release_reference>/", releases.release, "release"),
    _one("releases/<str:release_reference>/decide/", releases.release_decide, "release_decide"),
    _one("releases/<str:release_reference>/revoke/", releases.release_revoke, "release_revoke"),
    _one(
        "releases/<str:release_reference>/acknowledge/", releases.release_acknowledge, "release_acknowledge"
    ),
    _one("found/", ending.locate, "locate"),
    _one("found/after/", ending.located, "located"),
    _one("found/not/", ending.lost_again, "lost_again"),
    _one("returned/", ending.returned, "returned"),
    _one("interview/", ending.interview, "interview"),
    _one("outcome/", ending.outcome, "outcome"),
    _one("identify/", ending.identify, "identify"),
    _one("close/", ending.close, "close"),
    _one("cancel/", leaving.cancel, "cancel"),
    _one("reopen/", leaving.reopen, "reopen"),
    _one("long-term/", leaving.long_term, "long_term"),
    _one("transfer/", leaving.transfer_offer, "transfer_offer"),
    _one("transfer/accept/", leaving.transfer_accept, "transfer_accept"),
    _one("transfer/decline/", leaving.transfer_decline, "transfer_decline"),
    _one("transfer/withdraw/", leaving.transfer_withdraw, "transfer_withdraw"),
]
