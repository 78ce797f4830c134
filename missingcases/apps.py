from django.apps import AppConfig


class MissingcasesConfig(AppConfig):
    name = "missingcases"
