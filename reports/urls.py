"""Pages of figures."""

from django.urls import URLPattern, path

from reports.views import hub, partnership, snapshots

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", hub.hub, name="hub"),
    path("partnership/", partnership.partnership, name="partnership"),
    path("partnership.<str:kind>", partnership.download, name="download"),
    path("partnership/freeze/", partnership.freeze, name="freeze"),
    path("partnership/records/<str:code>/", partnership.behind, name="behind"),
    path("frozen/", snapshots.listing, name="snapshots"),
    path("frozen/<str:reference>/", snapshots.snapshot, name="snapshot"),
    path("frozen/<str:reference>/now/", snapshots.compared, name="compared"),
    path("frozen/<str:reference>/published/", snapshots.published, name="published"),
    path("frozen/<str:reference>.<str:kind>", snapshots.download, name="frozen_file"),
]
