"""A company of one colleague a language and a few articles, made by the public verbs.   usage: python -m tests.journeys.company"""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
AGENTS, PASSWORD = {"ko": "agent@handrail.test", "en": "agent-en@handrail.test"}, "a-long-password"
ASKED = {"ko": "택배 어디쯤 왔어요", "en": "where is my package"}
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(7)}


def make() -> None:
    from handrail.accounts.models import Role
    from tests.answers.help_centre import HelpCentre
    from tests.worlds.small import World

    world = World()
    # Somebody is there at whatever hour the tests run.
    world.hours.weekly = ALWAYS
    world.hours.save()
    english = world.staff(AGENTS["en"], "Jo Park", Role.AGENT)
    english.locale = "en"
    english.save()
    HelpCentre(world)


if __name__ == "__main__":
    django.setup()
    make()
