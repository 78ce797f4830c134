"""Addresses of the workplace for appeals. References only, never names."""

from django.urls import path

from appeals.views import appeal, asking, content, deciding, figures, ledger, lists, outlets, record

app_name = "appeals"
urlpatterns = [
    path("", lists.listing, name="listing"),
    path("figures/", figures.show, name="figures"),
    path("incidents/<str:reference>/ask/", asking.ask, name="ask"),
    path("outlets/", outlets.listing, name="outlets"),
    path("outlets/new/", outlets.new, name="outlet_new"),
    path("outlets/<str:reference>/", outlets.edit, name="outlet"),
    path("outlets/<str:reference>/secret/", outlets.secret, name="outlet_secret"),
    path("outlets/<str:reference>/token/", outlets.token, name="outlet_token"),
    path("<str:reference>/", appeal.show_appeal, name="show"),
    path("<str:reference>/preview/", appeal.preview, name="preview"),
    path("<str:reference>/preview/<slug:kind>/", appeal.proof, name="proof"),
    path("<str:reference>/pictures/<int:picture_id>/", appeal.picture, name="picture"),
    path("<str:reference>/pictures/<int:picture_id>/cut/", content.crop, name="crop"),
    path("<str:reference>/photo/", asking.offer, name="offer"),
    path("<str:reference>/take-up/", record.take_up, name="take_up"),
    path("<str:reference>/view/", record.view, name="view"),
    path("<str:reference>/consent/", record.consent, name="consent"),
    path("<str:reference>/risk/", record.risk, name="risk"),
    path("<str:reference>/override/", record.override, name="override"),
    path("<str:reference>/decline/", record.decline, name="decline"),
    path("<str:reference>/content/", content.edit, name="content"),
    path("<str:reference>/words/", content.wording, name="wording_new"),
    path("<str:reference>/words/<int:wording_id>/", content.wording, name="wording"),
    path("<str:reference>/areas/", content.areas, name="areas"),
    path("<str:reference>/authorise/", deciding.authorise, name="authorise"),
    path("<str:reference>/publish/", deciding.publish, name="publish"),
    path("<str:reference>/unschedule/", deciding.unschedule, name="unschedule"),
    path("<str:reference>/pause/", deciding.pause, name="pause"),
    path("<str:reference>/resume/", deciding.resume, name="resume"),
    path("<str:reference>/renew/", deciding.renew, name="renew"),
    path("<str:reference>/withdraw/", deciding.withdraw, name="withdraw"),
    path("<str:reference>/ledger/", ledger.ledger, name="ledger"),
    path("<str:reference>/ledger/<str:placement>/tell/", ledger.tell_again, name="tell_again"),
    path("<str:reference>/ledger/<str:placement>/gone/", ledger.confirm, name="confirm"),
    path("<str:reference>/ledger/<str:placement>/again/", ledger.seen_again, name="seen_again"),
    path("<str:reference>/ledger/<str:placement>/try/", ledger.try_again, name="try_again"),
    path("<str:reference>/certificate/", ledger.certificate, name="certificate"),
]
