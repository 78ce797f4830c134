from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "missingcases.search"
    label = "search"
    verbose_name = "Search"
