"""Pages of cohort review. References and numbers only, never names."""

from django.urls import path

from reports.cohorts.views import comparing, reading, reviews, wording

app_name = "cohorts"
urlpatterns = [
    path("", reviews.listing, name="reviews"),
    path("new/", reviews.new, name="new"),
    path("lists/", wording.lists, name="lists"),
    path("lists/new/", wording.new_list, name="new_list"),
    path("lists/<str:reference>/", wording.show_list, name="list"),
    path("lists/<str:reference>/change/", wording.change_list, name="change_list"),
    path("books/", wording.books, name="books"),
    path("books/new/", wording.new_book, name="new_book"),
    path("books/<str:reference>/", wording.show_book, name="book"),
    path("books/<str:reference>/change/", wording.change_book, name="change_book"),
    path("<str:reference>/", reviews.review, name="review"),
    path("<str:reference>/change/", reviews.change, name="change"),
    path("<str:reference>/begin/", reviews.begin, name="begin"),
    path("<str:reference>/lead/", reviews.take_lead, name="take_lead"),
    path("<str:reference>/give-up/", reviews.give_up, name="give_up"),
    path("<str:reference>/readers/", reviews.readers, name="readers"),
    path("<str:reference>/code-book/", reviews.take_book, name="take_book"),
    path("<str:reference>/finish/", reading.finish, name="finish"),
    path("<str:reference>/cases/", reading.cases, name="cases"),
    path("<str:reference>/cases/<int:number>/", reading.case, name="case"),
    path("<str:reference>/cases/<int:number>/again/", reading.again, name="again"),
    path("<str:reference>/agreement/", comparing.compared, name="compared"),
    path("<str:reference>/agreement/file/", comparing.export, name="export"),
    path("<str:reference>/agreement/settle/", comparing.settle, name="settle"),
    path("<str:reference>/agreement/<int:number>/<int:theme_id>/", comparing.difference, name="difference"),
]
