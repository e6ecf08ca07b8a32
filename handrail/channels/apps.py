from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "handrail.channels"
    label = "channels"
