from django.apps import AppConfig


class BeforeAfterConfig(AppConfig):
    name = "reports.before_after"
    verbose_name = "Does it help?"
