"""Addresses of an alert that is about to go out, goes out, or has ended. References only, never names."""

from django.urls import path

from alerts.views import going_out, ranks, reporting, running

routes = [
    path("prices/", reporting.prices, name="prices"),
    path("ranks/", ranks.ranks, name="ranks"),
    path("ranks/<slug:code>/", ranks.rank, name="rank"),
    path("<str:reference>/issue/", running.issue, name="issue"),
    path("<str:reference>/issue/also/", running.also, name="also"),
    path("<str:reference>/update/", running.update, name="update"),
    path("<str:reference>/end/", running.end, name="end"),
    path("<str:reference>/review/", running.review, name="review"),
    path("<str:reference>/renew/", running.renew, name="renew"),
    path("<str:reference>/cost/", running.cost, name="cost"),
    path("<str:reference>/progress/", going_out.how_far, name="progress"),
    path("<str:reference>/report/", reporting.report, name="report"),
    path("<str:reference>/report/calls/", reporting.calls_taken, name="calls_taken"),
    path("<str:reference>/report.<str:kind>", reporting.download, name="download"),
]
