from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "missingcases.hooks"
    label = "hooks"
    verbose_name = "Webhooks"
