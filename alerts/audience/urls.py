"""Addresses of the audience on the staff site."""

from django.urls import path

from alerts.audience import views, views_systems

app_name = "audience"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("lists/", views.lists, name="lists"),
    path("lists/<str:reference>/", views.one_list, name="list"),
    path("lists/<str:reference>/bad-lines.csv", views.list_errors, name="list_errors"),
    path("lists/<str:reference>/confirm/", views.confirm_list, name="confirm_list"),
    path("lists/<str:reference>/drop/", views.drop_list, name="drop_list"),
    path("rehearsals/", views.testers, name="testers"),
    path("rehearsals/<int:number>/remove/", views.remove_tester, name="remove_tester"),
    path("systems/", views_systems.systems, name="systems"),
    path("systems/<int:system>/rehearse/", views_systems.rehearse, name="rehearse"),
    path("systems/<int:system>/no-rehearsals/", views_systems.rehearse_no_more, name="rehearse_no_more"),
    path("systems/<int:system>/remove/", views_systems.remove, name="remove_system"),
    path("districts/", views.districts, name="districts"),
]
