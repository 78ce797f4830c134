"""Addresses of the audience on the staff site."""

app_name = "audience"
urlpatterns: list[object] = []
