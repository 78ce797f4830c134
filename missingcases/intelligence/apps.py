from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    name = "missingcases.intelligence"
    label = "intelligence"
    verbose_name = "Intelligence reports"
