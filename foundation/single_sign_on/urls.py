"""Setting up an organisation's sign-in."""

from django.urls import path

from foundation.single_sign_on.views import arriving, first_time, settings

app_name = "single_sign_on"
urlpatterns = [
    path("sign-in/", arriving.find, name="find"),
    path("sign-in/first-time/", first_time.first_time, name="first_time"),
    path("sign-in/first-time/mine/", first_time.tie, name="tie"),
    path("sign-in/again/", arriving.again, name="again"),
    path("sign-in/again/there/", arriving.prove, name="prove"),
    path("sign-in/<slug:code>/", arriving.go, name="go"),
    path("sign-in/<slug:code>/back/", arriving.back, name="back"),
    path("administration/single-sign-on/", settings.overview, name="overview"),
    path("administration/single-sign-on/connection/", settings.connection, name="connection"),
    path("administration/single-sign-on/roles/", settings.rules, name="rules"),
    path("administration/single-sign-on/passwords/", settings.passwords, name="passwords"),
    path("administration/single-sign-on/switch/", settings.switch, name="switch"),
    path("administration/single-sign-on/ties/<int:number>/forget/", settings.untie, name="untie"),
]
