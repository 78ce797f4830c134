from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "missingcases.disclosure"
    label = "disclosure"
    verbose_name = "Who was told"
