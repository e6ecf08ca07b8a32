from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "handrail.conversations"
    label = "conversations"
