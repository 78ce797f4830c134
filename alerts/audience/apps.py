from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "alerts.audience"
    label = "audience"
    verbose_name = "Subscribers to alerts"
