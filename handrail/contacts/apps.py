from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "handrail.contacts"
    label = "contacts"
