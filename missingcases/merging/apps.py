from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "missingcases.merging"
    label = "merging"
    verbose_name = "Records of one person"
