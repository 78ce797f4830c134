from django.apps import AppConfig


class PublicAlertsConfig(AppConfig):
    name = "alerts.public"
    label = "alerts_public"
    verbose_name = "Child Rescue Alert in public"
