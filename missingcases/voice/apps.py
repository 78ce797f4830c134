from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "missingcases.voice"
    label = "voice"
    verbose_name = "Their own voice"
