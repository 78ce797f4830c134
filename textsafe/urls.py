"""Addresses of TextSafe. References only, never numbers or names."""

from django.urls import path

from textsafe.views import conversations, messages_home, officer, optouts, rules, screening, triage

app_name = "textsafe"
urlpatterns = [
    path("send/", officer.start, name="start"),
    path("incidents/<str:reference>/ask/", officer.ask, name="ask"),
    path("incidents/<str:reference>/no-texts/", officer.veto, name="veto"),
    path("requests/<str:reference>/", officer.show, name="request"),
    path("requests/<str:reference>/withdraw/", officer.withdraw, name="withdraw"),
    path("screening/", screening.queue, name="queue"),
    path("screening/<str:reference>/", screening.screen, name="screen"),
    path("conversations/", conversations.listing, name="conversations"),
    path("conversations/<str:reference>/", conversations.show, name="conversation"),
    path("conversations/<str:reference>/claim/", conversations.claim, name="claim"),
    path("conversations/<str:reference>/answer/", conversations.answer, name="answer"),
    path("conversations/<str:reference>/note/", conversations.note, name="note"),
    path("conversations/<str:reference>/hand-over/", conversations.hand_over, name="hand_over"),
    path("conversations/<str:reference>/message-home/", messages_home.message_home, name="message_home"),
    path("conversations/<str:reference>/close/", conversations.close, name="close"),
    path("conversations/<str:reference>/allow-texts/", optouts.of_conversation, name="lift"),
    path("conversations/<str:reference>/concern/", conversations.concern, name="raise_concern"),
    path("allow-texts/", optouts.of_number, name="allow_texts"),
    path("unknown-numbers/", triage.listing, name="triage"),
    path("unknown-numbers/<str:reference>/open/", triage.open_item, name="triage_open"),
    path("unknown-numbers/<str:reference>/set-aside/", triage.set_aside, name="triage_set_aside"),
    path("unknown-numbers/<str:reference>/take-up/", triage.take_up, name="triage_take_up"),
    path("concerns/", triage.concerns, name="concerns"),
    path("concerns/<str:reference>/", triage.concern, name="concern"),
    path("concerns/<str:reference>/take/", triage.take_concern, name="concern_take"),
    path("wordings/", rules.wordings, name="wordings"),
    path("wordings/new/", rules.new_wording, name="wording_new"),
    path("wordings/<str:reference>/approve/", rules.approve_wording, name="wording_approve"),
    path("wordings/<str:reference>/retire/", rules.retire_wording, name="wording_retire"),
    path("automatic/", rules.all_policies, name="policies"),
    path("automatic/own/", rules.own_policy, name="policy"),
    path("automatic/<slug:code>/stop/", rules.stop_policy, name="policy_stop"),
    path("switch/", rules.switch, name="switch"),
    path("figures/", rules.figures, name="figures"),
]
