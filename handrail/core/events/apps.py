from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    name = "handrail.core.events"
    label = "events"

    def ready(self) -> None:
        # Each room says in its subscribers.py what it hears; reading them all fills the registry.
        autodiscover_modules("subscribers")
