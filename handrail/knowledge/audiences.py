"""For whom a thing is written."""

from django.db import models


class Audience(models.TextChoices):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    EMPLOYEES = "employees"
    AGENTS = "agents"
