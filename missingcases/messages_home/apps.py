from django.apps import AppConfig


class MessagesHomeConfig(AppConfig):
    name = "missingcases.messages_home"
    label = "messages_home"
    verbose_name = "Messages home"
