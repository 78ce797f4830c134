from django.apps import AppConfig


class NationalConfig(AppConfig):
    name = "reports.national"
    verbose_name = "National annual return"
