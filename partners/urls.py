"""Pages of the directory of partners and of referrals."""

from django.urls import URLPattern

app_name = "partners"
urlpatterns: list[URLPattern] = []
