"""Pages of the learning review."""

from django.urls import path

from reports.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.show, name="review"),
    path("review.<str:kind>", views.as_file, name="file"),
]
