"""`handrail begin`: an empty database becomes a site with an administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.channels.beginning import CannotBegin, Start, begin
from handrail.core.actors import SYSTEM
from handrail.workspace.locales import LOCALES


class Command(BaseCommand):
    help = "Begin a site of your own on an empty database. Refuses one that has begun; prints the first password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name-ko", required=True, metavar="온결", help="the company's name in Korean")
        parser.add_argument("--name-en", required=True, metavar="Ongyeol", help="and in English")
        parser.add_argument("--mail", required=True, metavar="help@example.com", help="where customers write")
        parser.add_argument("--admin", required=True, metavar="you@example.com", help="who runs the site")
        parser.add_argument("--admin-name", default="", help="the name colleagues and customers see")
        parser.add_argument("--locale", default="ko", choices=sorted(LOCALES), help="the first language")

    def handle(self, *args: Any, **options: Any) -> None:
        start = Start(
            name_ko=options["name_ko"],
            name_en=options["name_en"],
            mail=options["mail"],
            admin_email=options["admin"],
            admin_name=options["admin_name"],
            locale=options["locale"],
        )
        try:
            brand, password = begin(start, by=SYSTEM)
        except CannotBegin as why:
            raise CommandError(str(why)) from why
        self.stdout.write(
            f"{brand.name_en} is at {settings.BASE_URL}/, its desk at {settings.BASE_URL}/desk/."
        )
        self.stdout.write(f"Sign in as {options['admin']} with {password}")
        self.stdout.write(f"and choose a password of your own: {settings.BASE_URL}/accounts/password/change/")
