"""Pages of clocks kept and missed."""

from django.urls import path

from reports.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.board, name="board"),
    path("clocks.<str:kind>", views.board_file, name="board_file"),
    path("<slug:key>/", views.clock, name="clock"),
    path("<slug:key>/clock.<str:kind>", views.clock_file, name="clock_file"),
]
