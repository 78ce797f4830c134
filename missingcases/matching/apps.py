from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "missingcases.matching"
    label = "matching"
    verbose_name = "Matching of people"
