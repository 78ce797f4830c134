from django.apps import AppConfig


class SaySomethingConfig(AppConfig):
    name = "families.say_something"
    label = "say_something"
    verbose_name = "Say Something"
