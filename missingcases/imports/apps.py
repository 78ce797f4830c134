from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "missingcases.imports"
    label = "imports"
    verbose_name = "Import"
