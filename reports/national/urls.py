"""Pages of the national annual return."""

from django.urls import path

from reports.national import submitting, views, years

app_name = "national"
urlpatterns = [
    path("", views.annual, name="annual"),
    path("return.<str:kind>", views.as_file, name="file"),
    path("years/", years.by_year, name="years"),
    path("years.<str:kind>", years.years_file, name="years_file"),
    path("missing/", views.checks, name="checks"),
    path("missing/<slug:key>/", views.check, name="check"),
    path("keep/", submitting.submit, name="submit"),
    path("sent/<str:reference>/", submitting.submitted, name="submitted"),
    path("calls/", views.calls, name="calls"),
]
