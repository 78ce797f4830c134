"""Addresses of interviews. References alone stand in them."""

from django.urls import path

from rhi.interviews.views import actions, deciding, desk, phone, plan, rounds, saving, themes

app_name = "interviews"
urlpatterns = [
    path("", desk.listing, name="list"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<slug:code>/retire/", themes.retire, name="retire_theme"),
    # The phone's own folder: its worker reaches no further.
    path("phone/", phone.shell, name="phone"),
    path("phone/worker.js", phone.worker, name="worker"),
    path("phone/standing/", phone.standing, name="standing"),
    path("actions/", actions.listing, name="actions"),
    path("actions/<str:reference>/", actions.action, name="action"),
    path("begin/<str:referral>/", desk.begin, name="begin"),
    path("outcome/<str:outcome>/done/", deciding.done, name="outcome_done"),
    path("<str:reference>/", desk.overview, name="interview"),
    path("<str:reference>/section/<slug:key>/", desk.section, name="section"),
    path("<str:reference>/answer/", saving.answer, name="answer"),
    path("<str:reference>/take/", phone.take, name="take"),
    path("<str:reference>/lost-phone/", phone.lost, name="lost_phone"),
    path("<str:reference>/outcome/", deciding.confirm, name="confirm"),
    path("<str:reference>/outcome/<slug:kind>/not-needed/", deciding.drop, name="drop"),
    path("<str:reference>/finish/", deciding.finish, name="finish"),
    path("<str:reference>/approve/", deciding.approve, name="approve"),
    path("<str:reference>/reopen/", deciding.reopen, name="reopen"),
    path("<str:reference>/plan/", plan.page, name="plan"),
    path("<str:reference>/plan.pdf", plan.pdf, name="plan_pdf"),
    path("<str:reference>/over-time/", rounds.rounds, name="rounds"),
]
