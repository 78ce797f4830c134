from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "missingcases.retention"
    label = "retention"
    verbose_name = "Retention"
