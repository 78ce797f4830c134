from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "missingcases.links"
    label = "links"
    verbose_name = "Links between forces"
