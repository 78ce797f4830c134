"""One's own account."""

from django.urls import path

from foundation.accounts.views import mine

app_name = "mine"
urlpatterns = [
    path("", mine.account, name="account"),
    path("second-factor/", mine.second_factor, name="second_factor"),
    path("act-for/", mine.act_for, name="act_for"),
    path("stay/", mine.stay, name="stay"),
]
