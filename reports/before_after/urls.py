"""Pages of the fair before and after."""

from django.urls import URLPattern, path

from reports.before_after import views

app_name = "before_after"
urlpatterns: list[URLPattern] = [
    path("", views.listing, name="list"),
    path("<str:reference>/", views.analysis, name="analysis"),
    path("<str:reference>/progress/", views.progress, name="progress"),
    path("<str:reference>/again/", views.again, name="again"),
    path("<str:reference>/file.<str:kind>", views.download, name="download"),
]
