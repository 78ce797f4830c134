from django.apps import AppConfig


class TextsafeConfig(AppConfig):
    name = "textsafe"
