"""Mails to colleagues tell times as each of them chose: language, zone, 12- or 24-hour clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from handrail.accounts.models import Role
from handrail.channels import health, jobs
from handrail.conversations.notices.choices import NoticeChoices
from handrail.core import clock
from handrail.core.jobs.worker import drain

AFTERNOON = datetime(2026, 3, 2, 6, 5, tzinfo=UTC)  # 15:05 in Seoul, 07:05 in Berlin
CHOSEN = [
    ("ko", "Asia/Seoul", "12", "오후 3:05"),
    ("ko", "Asia/Seoul", "24", "15:05"),
    ("en", "Europe/Berlin", "12", "7:05 am"),
    ("en", "Europe/Berlin", "24", "7:05"),
]


def texts_to(user) -> str:
    bodies = [each.message() for each in mail.outbox if each.to == [user.email]]
    return "\n".join(body.get_body(("plain",)).get_content() for body in bodies)


@pytest.mark.parametrize(("locale", "zone", "hours", "written"), CHOSEN)
def test_gathered_notices_are_told_by_the_colleagues_clock(world, locale, zone, hours, written):
    user = world.staff("two@handrail.test", "정해결", Role.AGENT)
    user.set_up(locale=locale, zone=zone, day_hours=hours, by=user)
    NoticeChoices.of([user])[user.pk].choose(by=user, ways={"assigned": ["mail"]}, digest="hourly")
    with clock.at(AFTERNOON):
        for number in range(2):
            world.conversation(subject=f"문의 {number}").assign(to=user, by=world.agent)
        world.settle()
    with clock.at(AFTERNOON + timedelta(hours=1)):
        world.settle()
    assert sum(line.endswith(f" {written}") for line in texts_to(user).splitlines()) == 2
    assert ("오후" in texts_to(user)) == (written == "오후 3:05")


@pytest.mark.parametrize(("locale", "zone", "hours", "written"), CHOSEN)
def test_an_outage_is_told_by_the_administrators_clock(world, locale, zone, hours, written):
    admin = world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    admin.set_up(locale=locale, zone=zone, day_hours=hours, by=admin)
    with clock.at(AFTERNOON):
        health.failed(world.mail, "fetch", code="timeout", host="imap.example.com")
    with clock.at(AFTERNOON + timedelta(minutes=3)):
        jobs.watch_mailboxes.func()
        drain()
    assert written in texts_to(admin) and ("am" in texts_to(admin).split()) == (written == "7:05 am")
