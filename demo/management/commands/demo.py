"""`handrail demo reset`: the demo company as it was on its first day."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo import building, company, people, wiping
from demo.data import load


class Command(BaseCommand):
    help = "Build the demo company anew. Refuses a database that is not marked as demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["reset", "sign-ins"])
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where a site is set up already"
        )
        parser.add_argument("--no-sign-ins", action="store_true", help="do not list who may sign in")
        parser.add_argument(
            "--no-learning",
            action="store_true",
            help="leave out the slowest step; answers are found by words alone",
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "reset":
            is_unfinished = wiping.is_unfinished()
            if options["if_empty"] and not is_unfinished and not wiping.is_empty():
                self.stdout.write("There is a site already; nothing was touched.")
                return
            if is_unfinished:
                self.say("The demo was interrupted while it was built. It is built anew.")
            self.reset(learns=not options["no_learning"])
        if not options["no_sign_ins"]:
            self.show_sign_ins()

    def reset(self, *, learns: bool) -> None:
        try:
            built = building.rebuild(learns=learns, say=self.say)
        except (wiping.NotADemo, building.ArticlesLeftOut) as reason:
            raise CommandError(str(reason)) from None
        told = ", ".join(f"{count} {what}" for what, count in built.counts.items())
        self.stdout.write(f"Ongyeol is there: {told}; {built.seconds:.0f} s.")
        self.stdout.write(f"Answers: {built.learned or 'nothing learned yet'}.")

    def say(self, line: str) -> None:
        """One step of the work, seen at once also where output goes into a file."""
        self.stdout.write(line)
        self.stdout.flush()

    def show_sign_ins(self) -> None:
        if not wiping.is_demo():
            self.stdout.write("This is not the demo company: people here sign in with their own passwords.")
            return
        self.stdout.write("Sign-ins (kept in the data folder, secrets/demo_passwords.json):")
        for one in load("staff.yaml")["staff"]:
            self.stdout.write(f"  {one['role']:<9} {one['email']:<32} {company.password_of(one['email'])}")
        for email in people.SIGN_IN:
            kind = "employee" if email.endswith("@ongyeol.example") else "customer"
            self.stdout.write(f"  {kind:<9} {email:<32} {company.password_of(email)}")
