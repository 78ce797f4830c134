from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "reports.cohorts"
    verbose_name = "Cohort review"
