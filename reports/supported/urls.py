"""Pages of closures supported."""

from django.urls import path

from reports.supported import views

app_name = "supported"
urlpatterns = [
    path("", views.closures, name="closures"),
    path("closures.<str:kind>", views.as_file, name="file"),
    path("cost/", views.cost, name="cost"),
]
